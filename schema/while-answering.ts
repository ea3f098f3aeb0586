/**
 * Waits for slow work as long as the other side lives.
 *
 * A clock can't tell slow work from a side that is stuck; asking it something else can. What the work itself may take,
 * the side that does it decides.
 */
import { noAnswer } from './rpc-client';

export interface Patience {
  /** Between two looks at the other side, in `ms` */
  readonly everyMs: number;
  /** Resolves when the other side answers; rejects when it doesn't */
  readonly look: () => Promise<unknown>;
}

/**
 * Rejects with `DEADLINE_EXCEEDED` when the other side doesn't answer a look while `work` waits. The work's signal is
 * then aborted.
 */
export async function whileAnswering<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { everyMs, look }: Patience,
): Promise<T> {
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_resolve, reject) => {
    const lookLater = (): void => {
      timer = setTimeout(() => {
        look().then(
          () => {
            if (!over.signal.aborted) lookLater();
          },
          () => reject(noAnswer({ lookedEveryMs: everyMs })),
        );
      }, everyMs);
    };
    lookLater();
  });
  try {
    return await Promise.race([work(over.signal), silent]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
