/** Keeps content before it is lost: the file itself where possible, otherwise a copy, within limits. */
import { errnoOf, type ErrnoCode } from '../folder/errno';
import type { Names } from '../folder/folder-files';
import type { KeepSource, KeptFiles } from './kept-files';
import type { KeptLinks } from './kept-links';
import type { KeptId } from './records';

export interface KeepLimits {
  /** Largest file that is copied, in bytes. A file kept as itself has no limit */
  readonly maxFileBytes: number;
  /** All copies of a turn together, in bytes */
  readonly maxTurnBytes: number;
}

/**
 * Largest file whose bytes go into the log with its record, in bytes. For larger ones, writing costs more than the
 * flush it saves.
 */
const maxLoggedFileBytes = 16 * 1024;
/** How much larger than the largest copy a file with holes may be. */
const maxHoles = 4;
/** All bytes in a turn's log together: a log is read as a whole. */
const maxLoggedTurnBytes = 16 * 1024 ** 2;

/** Where content is kept, with its bytes in base64 for the log. */
export interface KeptContent {
  readonly kept: KeptId | null;
  readonly bytes?: string;
}

/** Content that couldn't be kept: the change can't be undone. */
export interface KeepWarning {
  readonly names: Names;
  readonly size: number;
  readonly reason: 'file-too-large' | 'turn-too-large' | ErrnoCode;
}

export interface KeeperOptions {
  readonly kept: KeptFiles;
  readonly limits: KeepLimits;
  /** Whether changes wait for the disk, so that they can be undone after a power cut too */
  readonly isSynced: boolean;
  readonly onWarning: (warning: KeepWarning) => void;
}

export class Keeper {
  readonly isSynced: boolean;
  readonly #options: KeeperOptions;
  readonly #linked = new Set<KeptId>();
  #copiedBytes = 0;
  #loggedBytes = 0;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.isSynced = options.isSynced;
  }

  get links(): KeptLinks {
    return this.#options.kept.links;
  }

  /** For a file that loses its name. */
  keep(source: KeepSource): KeptId | null {
    const id = this.#options.kept.link(source);
    if (id === null) return this.copy(source);
    this.#linked.add(id);
    return id;
  }

  /** A copy, already on the disk. */
  copy(source: KeepSource): KeptId | null {
    return this.#limited(source, () => this.#options.kept.copy(source, this.isSynced));
  }

  /** For a file whose bytes change. When the record contains the bytes, the copy needn't wait for the disk. */
  copyContent(source: KeepSource): KeptContent {
    const { size } = source.status;
    const isLogged = this.isSynced && size <= maxLoggedFileBytes && this.#loggedBytes + size <= maxLoggedTurnBytes;
    const small = isLogged ? this.#limited(source, () => this.#options.kept.copySmall(source) ?? 'waits') : 'waits';
    if (small === 'waits') return { kept: this.copy(source) };
    if (!small) return { kept: null };
    this.#loggedBytes += size;
    return { kept: small.kept, bytes: small.bytes.toString('base64') };
  }

  #limited<T>({ names, status: { size, blocks } }: KeepSource, keep: () => T): T | null {
    const { limits, onWarning } = this.#options;
    // Holes take no space, but time.
    const stored = Math.min(size, blocks * 512);
    if (stored > limits.maxFileBytes || size > maxHoles * limits.maxFileBytes) return warn('file-too-large');
    if (this.#copiedBytes + stored > limits.maxTurnBytes) return warn('turn-too-large');
    try {
      const kept = keep();
      this.#copiedBytes += stored;
      return kept;
    } catch (error) {
      return warn(errnoOf(error));
    }
    function warn(reason: KeepWarning['reason']): null {
      onWarning({ names, size, reason });
      return null;
    }
  }

  /** Whether the file itself is kept, not a copy. */
  isFileItself(kept: KeptId): boolean {
    return this.#linked.has(kept);
  }

  /** Removes what was kept for a change that failed. */
  discard(kept: KeptId): void {
    this.#options.kept.remove(kept);
  }

  /** Limits of a turn count from here. */
  begin(turn: number): void {
    this.#options.kept.begin(turn);
    this.#linked.clear();
    this.#copiedBytes = 0;
    this.#loggedBytes = 0;
  }
}
