/** Log entries that wait to be written: repeated answers to one program become one entry with a count. */
import type { LogRecord } from './approval-state';
import { shownPath } from './shown-text';

/** How many programs get entries of their own, per task and batch; further ones are counted together */
const programCap = 64;

const groupOf = ({ kind, outcome, scope }: LogRecord): string => `${kind} ${outcome} ${scope ?? '-'}`;

type Mutable = { -readonly [K in keyof LogRecord]: LogRecord[K] };

export class LogBatch {
  readonly #tasks = new Map<string, Map<string, Mutable>>();

  get isEmpty(): boolean {
    return this.#tasks.size === 0;
  }

  /** Returns whether this starts an entry of a program whose name isn't known yet. */
  add(record: LogRecord): boolean {
    const entries = this.#tasks.get(record.taskId) ?? new Map<string, Mutable>();
    this.#tasks.set(record.taskId, entries);
    const group = groupOf(record);
    const own = `${group} ${record.pid}`;
    const isOwn = entries.has(own) || entries.size < programCap;
    const key = isOwn ? own : group;
    const before = entries.get(key);
    if (before) {
      before.count += record.count;
      before.program ??= isOwn ? record.program : null;
      return false;
    }
    const shown = { path: shownPath(record.path), to: record.to === null ? null : shownPath(record.to) };
    entries.set(key, isOwn ? { ...record, ...shown } : { ...record, ...shown, pid: 0, program: null });
    return isOwn && record.program === null && record.pid !== 0;
  }

  /** Fills in the name of a program. */
  name(taskId: string, pid: number, program: string): void {
    for (const entry of this.#tasks.get(taskId)?.values() ?? []) if (entry.pid === pid) entry.program ??= program;
  }

  /** Removes and returns what waits, by task. */
  take(): ReadonlyMap<string, readonly LogRecord[]> {
    const taken = new Map([...this.#tasks].map(([taskId, entries]) => [taskId, [...entries.values()]] as const));
    this.#tasks.clear();
    return taken;
  }
}
