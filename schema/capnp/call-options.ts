/** Limits of a call for the caller; the callee learns from the signal that nobody waits any longer. */
export interface CallOptions {
  /** Default: the method's own from the schema, otherwise the connection's; `0` for none, `ms` */
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
