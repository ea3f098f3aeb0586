/** Sets times exactly, one file at a time, while this thread waits. */
import { BlockingProgram } from './blocking-program';
import { installedPrograms, type Program, requestFor, type TimesOf } from './programs';

/** A program that nobody needs for this long ends. */
const idleMs = 60_000;

export class ExactTimes {
  readonly #left: Program[];
  #program: BlockingProgram | null = null;
  #idle: NodeJS.Timeout | undefined;

  constructor(programs: readonly Program[] = installedPrograms()) {
    this.#left = [...programs];
  }

  /** Whether times can be set to the nanosecond. */
  get isAvailable(): boolean {
    return this.#left.length > 0;
  }

  /** Returns `false` when it couldn't: another way may work, or say why not. */
  set(times: TimesOf): boolean {
    const request = requestFor([times]);
    for (let program = this.#started(); program; program = this.#started()) {
      const answer = program.ask(request);
      if (answer !== null) return answer === '1';
      // Something ended it. One that never answered doesn't work here.
      if (!program.hasAnswered) this.#left.shift();
      this.end();
    }
    return false;
  }

  end(): void {
    clearTimeout(this.#idle);
    this.#idle = undefined;
    this.#program?.end();
    this.#program = null;
  }

  #started(): BlockingProgram | null {
    const [first] = this.#left;
    if (!first) return null;
    this.#idle = this.#idle?.refresh() ?? setTimeout(() => this.end(), idleMs).unref();
    try {
      return (this.#program ??= new BlockingProgram(first));
    } catch {
      this.#left.length = 0;
      return null;
    }
  }
}

/** One program for all folders of this thread. */
export const exactTimes = new ExactTimes();
