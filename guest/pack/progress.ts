/** Reports the steps of a build, one line when each step ends, with its seconds. */
export class Progress {
  readonly #write: (line: string) => void;
  readonly #now: () => number;

  constructor(write: (line: string) => void, now: () => number = () => performance.now()) {
    this.#write = write;
    this.#now = now;
  }

  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = this.#now();
    const result = await work();
    this.#write(`✓ ${name} (${((this.#now() - start) / 1000).toFixed(1)} s)`);
    return result;
  }
}
