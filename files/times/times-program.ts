/** Sets times of many files to the nanosecond, by a program of the system that is started once per undo. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type Program, requestFor, type TimesOf, timesPrograms } from './programs';

/** Sets the times of files and returns for each whether it worked; `null` when this system has no program for it. */
export type SetTimes = (items: readonly TimesOf[]) => Promise<readonly boolean[] | null>;

type Child = ChildProcessByStdio<Writable, Readable, null>;
/** A program that sets times: `perl` or `python3` on Linux, whichever is installed. It runs until `end`. */
export class TimesProgram {
  readonly #programs: Program[];
  #child: Child | null = null;
  #answers = '';
  #onAnswers: () => void = () => undefined;

  /** Starts the program early, so that it is ready when needed. */
  constructor(from: readonly Program[] = timesPrograms()) {
    this.#programs = [...from];
    this.#startNext();
  }

  /** One call at a time. */
  readonly set: SetTimes = async (items) => {
    const input = requestFor(items);
    while (this.#child) {
      const answers = items.length === 0 ? '' : await this.#ask(this.#child, input, items.length);
      if (answers.length === items.length) return items.map((_, index) => answers[index] === '1');
      this.end();
      this.#startNext();
    }
    return null;
  };

  end(): void {
    this.#child?.stdin.end();
    this.#child = null;
  }

  #startNext(): void {
    const [command, args] = this.#programs.shift() ?? [];
    if (command === undefined || args === undefined) return;
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child = child;
    this.#answers = '';
    // When the program is missing or ends early, the pipe breaks; its answers say how far it came.
    child.stdin.on('error', () => undefined);
    child.on('error', () => child.stdout.destroy());
    child.stdout.on('close', () => this.#onAnswers());
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      if (this.#child === child) this.#answers += text;
      this.#onAnswers();
    });
  }

  /** Resolves when this many answers have arrived or the program has ended. */
  #ask(child: Child, input: string, count: number): Promise<string> {
    return new Promise((resolve) => {
      this.#onAnswers = () => {
        if (this.#answers.length < count && !child.stdout.closed) return;
        this.#onAnswers = () => undefined;
        resolve(this.#answers);
        this.#answers = '';
      };
      child.stdin.write(input);
      this.#onAnswers();
    });
  }
}
