/** What processes in the guest are called. The guest is asked; it may be slow, gone, or lying. */
import { shownProgram } from './shown-text';
import { withinTime, type SetTimer } from './time-limit';

const lookMs = 2000;

export interface ProgramNamesOptions {
  /** Asks the guest for the command line of a process; may fail and may be slow */
  readonly describeProgram: (taskId: string, pid: number) => Promise<string | null>;
  readonly setTimer: SetTimer;
}

export class ProgramNames {
  readonly #looks = new Map<string, Promise<string | null>>();

  constructor(private readonly options: ProgramNamesOptions) {}

  /** How many processes are being looked up. */
  get busy(): number {
    return this.#looks.size;
  }

  /**
   * A name safe to display; `null` when it can't be found in time. Simultaneous lookups share one call. Never rejects.
   */
  look(taskId: string, pid: number, signal: AbortSignal): Promise<string | null> {
    // The kernel's own write-back isn't a process.
    if (pid === 0) return Promise.resolve(null);
    const key = `${taskId} ${pid}`;
    const looking = this.#looks.get(key) ?? this.#look(key, taskId, pid, signal);
    this.#looks.set(key, looking);
    return looking;
  }

  async #look(key: string, taskId: string, pid: number, signal: AbortSignal): Promise<string | null> {
    const { describeProgram, setTimer } = this.options;
    const text = await withinTime(() => describeProgram(taskId, pid), { ms: lookMs, setTimer, signal });
    this.#looks.delete(key);
    return shownProgram(text);
  }
}
