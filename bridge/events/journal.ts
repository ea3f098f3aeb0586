/**
 * What the bridge decided, one JSON object per line: stored with the session, for the person and for `bridge trace`.
 */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Supervised } from '../actors/supervised';
import type { LedgerLine } from './session-state';
import type { PiHost } from '../../schema/generated/pi-api';

export interface JournalEntry {
  /** Milliseconds since the epoch */
  readonly at: number;
  readonly seq: number;
  readonly event: string;
  readonly callId?: string;
  readonly rules: readonly string[];
  readonly verdict: 'none' | 'allow' | 'block';
  readonly reason?: string;
  /** What the turn's calls were about to change, for `ledger` */
  readonly files?: readonly LedgerLine[];
  readonly asked?: readonly { readonly kind: string; readonly isYes: boolean }[];
}

export class Journal {
  readonly #lines: Supervised<string, void>;
  #last: Promise<void> = Promise.resolve();

  /** @param folder where `bridge.jsonl` is; without one, nothing is stored */
  constructor(
    host: PiHost,
    private readonly folder: string | undefined,
  ) {
    const file = join(folder ?? '', 'bridge.jsonl');
    this.#lines = new Supervised<string, void>({
      name: 'journal',
      make: () => ({ handle: (line: string) => appendFile(file, line, { mode: 0o600 }) }),
      onFailure: (error) => void host.log({ level: 'warning', message: error.message }),
    });
  }

  /** Doesn't wait; a line that can't be written is lost, and the log says so. */
  keep(entry: JournalEntry): void {
    if (this.folder === undefined) return;
    this.#last = this.#lines.ask(`${JSON.stringify(entry)}\n`).catch(() => undefined);
  }

  /** Resolves when all lines are written or have failed. */
  flush(): Promise<void> {
    return this.#last;
  }
}
