/** Limits of a call for the caller; the signal tells the callee that the caller stopped waiting. */
export interface CallOptions {
  /** Default: the method's own from the schema, otherwise the connection's; `0` for none, `ms` */
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
