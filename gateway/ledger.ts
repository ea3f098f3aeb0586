/**
 * The ledger of what left this computer: `<stateFolder>/tasks/<taskId>/ledger.jsonl`.
 *
 * | line     | when                                            |
 * |----------|-------------------------------------------------|
 * | request  | before the first byte leaves                    |
 * | response | when the exchange is over, however it ended     |
 *
 * The task store makes a task's folder. Without it, nothing may leave for that task.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RelayOutcome } from './relay';

export interface LedgerRequest {
  readonly type: 'request';
  /** Links the two lines of one exchange */
  readonly id: string;
  /** Milliseconds since the epoch */
  readonly at: number;
  readonly taskId: string;
  readonly provider: string;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** From the `content-length` header; `null` when the sender didn't give it */
  readonly requestBytes: number | null;
}

export interface LedgerResponse {
  readonly type: 'response';
  readonly id: string;
  readonly at: number;
  readonly taskId: string;
  /** `null` when no answer came */
  readonly status: number | null;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly durationMs: number;
  readonly outcome: RelayOutcome;
}

export type LedgerLine = LedgerRequest | LedgerResponse;

export interface Ledger {
  /** Appends one line. Rejects when it couldn't be written completely. */
  append(line: LedgerLine): Promise<void>;
}

const lineFeed = 0x0a;

/** Starts on a new line: a line that a full disk or a crash cut off must not swallow the next one. */
async function appendLine(path: string, text: string): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1, lineFeed);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    await file.appendFile(`${last[0] === lineFeed ? '' : '\n'}${text}\n`);
  } finally {
    await file.close();
  }
}

/** Appends lines in the order of the calls, separately for each task. */
export function createLedger(stateFolder: string): Ledger {
  const tails = new Map<string, Promise<void>>();
  return {
    append: (line) => {
      const path = join(stateFolder, 'tasks', line.taskId, 'ledger.jsonl');
      const before = tails.get(path) ?? Promise.resolve();
      // The failed append has already rejected for its own caller.
      const appended = before.catch(() => undefined).then(() => appendLine(path, JSON.stringify(line)));
      tails.set(path, appended);
      const forget = (): void => {
        if (tails.get(path) === appended) tails.delete(path);
      };
      appended.then(forget, forget);
      return appended;
    },
  };
}
