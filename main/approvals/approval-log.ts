/**
 * How each question of a task ended, and what was allowed without one: `<stateFolder>/tasks/<taskId>/approvals.jsonl`.
 *
 * Written at most once a second, so that 500 deletions by one program are one line. A kill may lose the last second.
 */
import { z } from 'zod';
import { approvalLogEntry, type ApprovalLogEntry } from '../../schema/approvals';
import type { Disposable } from '../../schema/transport';
import type { LogRecord } from './approval-state';
import { LogBatch } from './log-batch';
import { appendLines, readLines } from './log-lines';
import type { SetTimer } from './time-limit';

const flushMs = 1000;
/** Lines of one program that are at most this far apart are read as one entry */
const sameBurstMs = 2 * flushMs;
const readCapBytes = 4 * 1_048_576;

const logLine = approvalLogEntry.extend({ pid: z.number() });

const parsed = (line: string): LogRecord[] => {
  try {
    return [logLine.parse(JSON.parse(line))];
  } catch {
    // Torn by a crash or a full disk; the next line is complete.
    return [];
  }
};

const isSameGroup = (one: LogRecord, other: LogRecord): boolean =>
  (['taskId', 'kind', 'pid', 'outcome', 'scope', 'program'] as const).every((name) => one[name] === other[name]);

/** Merges what was written second by second. Pure. */
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

  /** Queues an entry. Returns whether it is the first of a program whose name isn't known yet. */
  add(record: LogRecord): boolean {
    this.#timer ??= this.options.setTimer(flushMs, () => void this.flush());
    return this.#batch.add(record);
  }

  name(taskId: string, pid: number, program: string): void {
    this.#batch.name(taskId, pid, program);
  }

  /** Resolves when everything queued is written, or couldn't be. */
  flush(): Promise<void> {
    this.#timer?.dispose();
    this.#timer = null;
    for (const [taskId, records] of this.#batch.take()) {
      this.#written = this.#written.then(() => this.#append(taskId, records));
    }
    return this.#written;
  }

  /** The newest entries of a task, in order of time. */
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
      // The decision is still valid; a removed task has no folder.
      this.options.onProblem(`${taskId}: couldn't log the answers: ${String(error)}`);
    }
  }
}
