import type { Preview } from '../../../schema/artifacts';
import type { FileChange, TakeBackConflict } from '../../../schema/file-changes';

/** What waits for a review, as the host in memory keeps it. */
export interface FakeReview {
  readonly changes: readonly FileChange[];
  /** By id of the change */
  readonly compared?: Readonly<Record<string, { readonly before: Preview | null; readonly after: Preview | null }>>;
  /** What stays pending when it is applied */
  readonly conflicts?: readonly TakeBackConflict[];
}
