import type { Preview } from '../../../schema/artifacts';
import type { FileChange, TakeBackConflict } from '../../../schema/file-changes';

/** A review's pending changes, as the host in memory stores them. */
export interface FakeReview {
  readonly changes: readonly FileChange[];
  /** By id of the change */
  readonly compared?: Readonly<Record<string, { readonly before: Preview | null; readonly after: Preview | null }>>;
  /** What stays pending after it is applied */
  readonly conflicts?: readonly TakeBackConflict[];
}
