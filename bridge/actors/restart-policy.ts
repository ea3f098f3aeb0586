/** How often an actor may fail, and how long to wait before making it again. Pure. */
export interface RestartPolicy {
  /** After this many failures within `withinMs`, the actor isn't restarted */
  readonly maxFailures: number;
  readonly withinMs: number;
  /** Milliseconds before the first restart; doubled for each failure in a row */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

export const usualPolicy: RestartPolicy = { maxFailures: 5, withinMs: 30_000, firstDelayMs: 10, maxDelayMs: 1000 };

/** Milliseconds to wait after these failures, the last one at `now`; `null` when it isn't restarted. */
export function delayAfter(failedAt: readonly number[], now: number, policy: RestartPolicy): number | null {
  const recent = failedAt.filter((at) => now - at < policy.withinMs).length;
  if (recent >= policy.maxFailures) return null;
  return Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.max(0, recent - 1));
}
