/**
 * Writes kept files anew that a power cut took. What is small is kept without waiting for the disk: its bytes stand in
 * the log too, which was waited for. Only files of an earlier start can be missing something.
 */
import { maxFlushing, type KeptFiles } from './kept-files';
import type { KeptId } from './records';
import type { TurnFolders } from './turn-folders';

export interface KeptMenderOptions {
  readonly folders: TurnFolders;
  readonly kept: KeptFiles;
  /** The last turn that was there at the start */
  readonly lastTurn: number;
  /** Whether files are to be on the disk, for the sake of a power cut */
  readonly isSynced: boolean;
}

export class KeptMender {
  readonly #options: KeptMenderOptions;
  readonly #looked = new Set<KeptId>();

  constructor(options: KeptMenderOptions) {
    this.#options = options;
  }

  /** Makes sure of files that are still to be there; one that is whole is not touched. */
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
    // What was let go of stays away.
    if (!folders.hasKept(turn)) return;
    const whole: KeptId[] = [];
    folders.read(turn, ({ kept: id, bytes, was }) => {
      if (id === null || bytes === undefined || !wanted.has(id)) return;
      const content = Buffer.from(bytes, 'base64');
      if (kept.content(id, was.size)?.equals(content) === true) whole.push(id);
      else kept.restore(id, content, was.mode);
    });
    // After a crash that was no power cut, the last may have been on their way.
    if (isSynced) for (const id of whole.slice(-maxFlushing)) kept.flush(id);
  }
}
