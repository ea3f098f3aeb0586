/**
 * A program that answers requests while this thread waits, over two named pipes: a pipe that Node makes itself can't be
 * read without the event loop. An answer takes about 20 µs, a new process would take a hundred times as long.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from './programs';

export class BlockingProgram {
  readonly #child: ChildProcess;
  readonly #requests: number;
  readonly #answers: number;
  readonly #answer = Buffer.alloc(1);
  #hasAnswered = false;

  /** @throws the system's error when there can be no named pipes */
  constructor([command, args]: Program) {
    const folder = mkdtempSync(join(tmpdir(), 'piwork-times-'));
    try {
      const [requests, answers] = [join(folder, 'requests'), join(folder, 'answers')];
      spawnSync('mkfifo', [requests, answers]);
      const [toChild, here] = endsOf(requests);
      const [back, fromChild] = endsOf(answers);
      this.#requests = here;
      this.#answers = back;
      this.#child = spawn(command, args, { stdio: [toChild, fromChild, 'ignore'] });
      // A program that is missing never answers, which the next request finds out.
      this.#child.on('error', () => undefined);
      // Only the child has them now: when it ends, so do the pipes.
      closeSync(toChild);
      closeSync(fromChild);
      this.#child.unref();
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** Whether it ever worked */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** The answer, one character; `null` when the program has ended. */
  ask(request: string): string | null {
    try {
      writeSync(this.#requests, request);
      if (readSync(this.#answers, this.#answer) !== 1) return null;
      this.#hasAnswered = true;
      return this.#answer.toString('latin1');
    } catch {
      // EPIPE
      return null;
    }
  }

  end(): void {
    closeSync(this.#requests);
    closeSync(this.#answers);
  }
}

/** The end to read and the end to write. Opening one waits for the other, unless a third is open. */
function endsOf(pipe: string): readonly [reading: number, writing: number] {
  const both = openSync(pipe, constants.O_RDWR);
  try {
    return [openSync(pipe, constants.O_RDONLY), openSync(pipe, constants.O_WRONLY)];
  } finally {
    closeSync(both);
  }
}
