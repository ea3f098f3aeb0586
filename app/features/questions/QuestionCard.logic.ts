import type { OpenDialog } from '../../../schema/task-summary';

/** The time left for a question in `ms`, or `null` when it has no limit. */
export function timeLeftMs(dialog: OpenDialog, seenAt: number, now: number): number | null {
  if (dialog.timeoutMs === undefined) return null;
  return Math.max(0, (dialog.openedAt ?? seenAt) + dialog.timeoutMs - now);
}

/** The time left in words; `0:07` in the last minute. */
export function timeLeftLabel(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000);
  if (seconds === 0) return 'Time is up';
  return seconds < 60 ? `${seconds} s left` : `${Math.floor(seconds / 60)} min ${seconds % 60} s left`;
}
