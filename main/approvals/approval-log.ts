/**
 * How each question of a task ended, and what was allowed without one: `<stateFolder>/tasks/<taskId>/approvals.jsonl`.
 *
 * Written at most every second, so that 500 deletions by one program are one line; a kill may lose the last second.
 */
import { z } from 'zod';
import { approvalLogEntry, type ApprovalLogEntry } from '../../schema/approvals';
import type { Disposable } from '../../schema/transport';
import type { LogRecord } from './approval-state';
import { LogBatch } from './log-batch';
import { appendLines, readLines } from './log-lines';
import type { SetTimer } from './time-limit';

const flushMs = 1000;
/** Of one program's lines, how far apart two are read as one entry */
const sameBurstMs = 2 * flushMs;
const readCapBytes = 4 * 1_048_576;

const logLine = approvalLogEntry.extend({ pid: z.number() });

const parsed = (line: string): LogRecord[] => {
  try {
    return [logLine.parse(JSON.parse(line))];
  } catch {
    // Torn by a crash or a full disk; the next line stands for itself.
    return [];
  }
};

const isSameGroup = (one: LogRecord, other: LogRecord): boolean =>
  (['taskId', 'kind', 'pid', 'outcome', 'scope', 'program'] as const).every((name) => one[name] === other[name]);

/** Puts together what was written second by second. Pure. */
export function mergedEntries(records: readonly LogRecord[]): ApprovalLogEntry[] {
  const entries: ApprovalLogEntry[] = [];
  let before: LogRecord | null = null;
  for (const record of records) {
    const entry = approvalLogEntry.parse(record);
    const last = entries.at(-1);
    if (last && before && isSameGroup(before, record) && record.at - before.at <= sameBurstMs) {
      entries[entries.length - 1] = { ...last, count: last.count + entry.count };
    } else {
      entries.push(entry);
    }
    before = record;
  }
  return entries;
}

export interface ApprovalLogOptions {
  readonly fileOf: (taskId: string) => string;
  readonly setTimer: SetTimer;
  readonly onProblem: (line: string) => void;
}

export class ApprovalLog {
  readonly #batch = new LogBatch();
  #timer: Disposable | null = null;
  #written: Promise<void> = Promise.resolve();

  constructor(private readonly options: ApprovalLogOptions) {}

  /** Queues an entry. Whether it is the first of a program whose name is not known yet. */
  add(record: LogRecord): boolean {
    this.#timer ??= this.options.setTimer(flushMs, () => void this.flush());
    return this.#batch.add(record);
  }

  name(taskId: string, pid: number, program: string): void {
    this.#batch.name(taskId, pid, program);
  }

  /** Resolves when all that was queued is written, or could not be. */
  flush(): Promise<void> {
    this.#timer?.dispose();
    this.#timer = null;
    for (const [taskId, records] of this.#batch.take()) {
      this.#written = this.#written.then(() => this.#append(taskId, records));
    }
    return this.#written;
  }

  /** The newest entries of a task, the oldest of them first. */
  async read(taskId: string): Promise<ApprovalLogEntry[]> {
    await this.flush();
    const lines = await readLines(this.options.fileOf(taskId), readCapBytes);
    return mergedEntries(lines.flatMap(parsed));
  }

  async #append(taskId: string, records: readonly LogRecord[]): Promise<void> {
    try {
      await appendLines(
        this.options.fileOf(taskId),
        records.map((record) => JSON.stringify(record)),
      );
    } catch (error) {
      // What was decided stands; a task that is gone has no folder any more.
      this.options.onProblem(`${taskId}: couldn't log the answers: ${String(error)}`);
    }
  }
}
