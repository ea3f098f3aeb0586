/** Reviews in memory: nothing ever waits. */
import type { AppApi } from '../../schema/app-api';
import type { Handlers } from '../../schema/rpc';

type ReviewMethod = Extract<keyof AppApi['methods'], `review.${string}`>;

/** A host where nothing waits for a review. */
export const reviewHandlers = (): Pick<Handlers<AppApi>, ReviewMethod> => ({
  'review.changes': () =>
    Promise.resolve({
      changes: [],
      counts: { created: 0, changed: 0, renamed: 0, deleted: 0, mode: 0, times: 0 },
      isTruncated: false,
    }),
  'review.compare': () => Promise.resolve({ before: null, after: null }),
  'review.apply': () => Promise.resolve({ turn: null, done: 0, left: [] }),
  'review.discard': () => Promise.resolve({ done: 0 }),
});
