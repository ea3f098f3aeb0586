const firstDelayMs = 250;
const longestDelayMs = 8000;

/** How long to wait before connection attempt `attempt`, counted from 1, in `ms`. */
export const backoffMs = (attempt: number): number =>
  Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt - 1, 10));
