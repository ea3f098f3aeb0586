/**
 * Which tasks open now: a few at a time, in the order in which they asked.
 *
 * Each opening may load an agent, which takes all of a processor. Many at once would all be slow, and none would be
 * ready soon.
 */
import { RpcError } from '../../schema/errors';

export const stoppedBeforeItOpened = (): RpcError =>
  new RpcError('CANCELLED', 'The task was stopped before it opened.');

interface Waiting {
  readonly taskId: string;
  start(): void;
  cancel(): void;
}

export class OpeningQueue {
  readonly #waiting: Waiting[] = [];
  #running = 0;

  /** `onMoved` gets how many tasks open before this one; `null` when it waits no more. */
  constructor(
    private readonly onMoved: (taskId: string, ahead: number | null) => void,
    private readonly width = 2,
  ) {}

  /** Runs `work` when it is the task's turn. @throws RpcError `CANCELLED` when it is cancelled while it waits */
  async run<T>(taskId: string, work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.width) await this.#wait(taskId);
    else this.#running++;
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  /** Takes a task out of the queue; one that opens already goes on. */
  cancel(taskId: string): void {
    for (const waiting of this.#waiting.filter((one) => one.taskId === taskId)) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.cancel();
    }
    this.#report();
  }

  #wait(taskId: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => this.onMoved(taskId, null);
      this.#waiting.push({
        taskId,
        start: () => {
          leave();
          resolve();
        },
        cancel: () => {
          leave();
          reject(stoppedBeforeItOpened());
        },
      });
      this.#report();
    });
  }

  /** The place of one that is done goes to the first that waits. */
  #next(): void {
    const first = this.#waiting.shift();
    if (first) first.start();
    else this.#running--;
    this.#report();
  }

  #report(): void {
    this.#waiting.forEach(({ taskId }, index) => this.onMoved(taskId, this.#running + index));
  }
}
