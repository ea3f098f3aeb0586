/** The caller limits a call by them; the callee learns from them that nobody waits any more. */
export interface CallOptions {
  /** Default: the method's own in the schema, else the connection's; `0` for none, `ms` */
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
