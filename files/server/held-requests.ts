/** Requests that wait for the person. Each can be released immediately when its process is interrupted. */
import { Errno } from '../folder/errno';
import type { Binding } from './bindings';

export class HeldRequests {
  readonly #held = new Map<bigint, { readonly binding: Binding; readonly letGo: (reason: Errno) => void }>();
  readonly #perTask = new Map<string, number>();
  readonly #limit: number;

  /** @param limit how many requests of one task may wait at a time */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws Errno `EBUSY` at the limit */
  checkRoom(taskId: string): void {
    if ((this.#perTask.get(taskId) ?? 0) >= this.#limit) throw new Errno('EBUSY');
  }

  /** Acts after `answer`. If the request is released before, `dropped` is aborted and nothing is done. */
  async hold<T>(
    unique: bigint,
    binding: Binding,
    { answer, dropped }: { readonly answer: Promise<void>; readonly dropped?: AbortController },
    act: () => T,
  ): Promise<Awaited<T>> {
    this.#count(binding.taskId, 1);
    try {
      await new Promise<void>((resolve, reject) => {
        const letGo = (reason: Errno): void => {
          reject(reason);
          dropped?.abort();
        };
        this.#held.set(unique, { binding, letGo });
        answer.then(resolve, reject);
      });
    } finally {
      this.#held.delete(unique);
      this.#count(binding.taskId, -1);
    }
    return await act();
  }

  interrupt(unique: bigint): void {
    this.#held.get(unique)?.letGo(new Errno('EINTR'));
  }

  /** Releases the requests of one folder, or all. */
  letGo(reason: Errno, binding?: Binding): void {
    for (const held of [...this.#held.values()]) {
      if (binding === undefined || held.binding === binding) held.letGo(reason);
    }
  }

  #count(taskId: string, by: number): void {
    const count = (this.#perTask.get(taskId) ?? 0) + by;
    if (count > 0) this.#perTask.set(taskId, count);
    else this.#perTask.delete(taskId);
  }
}
