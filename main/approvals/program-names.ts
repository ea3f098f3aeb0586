/** What processes in the guest are called: asked of the guest, which may be slow, gone, or lie. */
import { shownProgram } from './shown-text';
import { withinTime, type SetTimer } from './time-limit';

const lookMs = 2000;

export interface ProgramNamesOptions {
  /** Asks the guest how the process was started; may fail and may be slow */
  readonly describeProgram: (taskId: string, pid: number) => Promise<string | null>;
  readonly setTimer: SetTimer;
}

export class ProgramNames {
  readonly #looks = new Map<string, Promise<string | null>>();

  constructor(private readonly options: ProgramNamesOptions) {}

  /** How many processes are looked at just now. */
  get busy(): number {
    return this.#looks.size;
  }

  /** Fit to be shown; `null` when it cannot be known in time. Looks at the same time are one. Never rejects. */
  look(taskId: string, pid: number, signal: AbortSignal): Promise<string | null> {
    // The kernel's own write-back is no process.
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
