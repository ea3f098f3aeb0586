/**
 * Restores kept files that a power cut destroyed. Small files are kept without waiting for the disk: their bytes are
 * also in the log, which was waited for. Only files from before the last start can be damaged.
 */
import { maxFlushing, type KeptFiles } from './kept-files';
import type { KeptId } from './records';
import type { TurnFolders } from './turn-folders';

export interface KeptMenderOptions {
  readonly folders: TurnFolders;
  readonly kept: KeptFiles;
  /** The last turn at the start */
  readonly lastTurn: number;
  /** Whether files must be on the disk, to survive a power cut */
  readonly isSynced: boolean;
}

export class KeptMender {
  readonly #options: KeptMenderOptions;
  readonly #looked = new Set<KeptId>();

  constructor(options: KeptMenderOptions) {
    this.#options = options;
  }

  /** Checks the files that must still exist; a complete one isn't touched. */
  mend(ids: readonly KeptId[]): void {
    const byTurn = new Map<number, Set<KeptId>>();
    for (const id of ids) {
      const turn = parseInt(id, 10);
      if (turn > this.#options.lastTurn || this.#looked.has(id)) continue;
      this.#looked.add(id);
      byTurn.set(turn, (byTurn.get(turn) ?? new Set()).add(id));
    }
    for (const [turn, wanted] of byTurn) this.#mendTurn(turn, wanted);
  }

  #mendTurn(turn: number, wanted: ReadonlySet<KeptId>): void {
    const { folders, kept, isSynced } = this.#options;
    // What was removed on purpose isn't restored.
    if (!folders.hasKept(turn)) return;
    const whole: KeptId[] = [];
    folders.read(turn, ({ kept: id, bytes, was }) => {
      if (id === null || bytes === undefined || !wanted.has(id)) return;
      const content = Buffer.from(bytes, 'base64');
      if (kept.content(id, was.size)?.equals(content) === true) whole.push(id);
      else kept.restore(id, content, was.mode);
    });
    // After a crash without a power cut, the last files may still be waiting for the disk.
    if (isSynced) for (const id of whole.slice(-maxFlushing)) kept.flush(id);
  }
}
