/** Which names of a folder belong to special files. Pure: knows nothing of the folder itself. */
import type { FileStatus, Names, SpecialKind } from '../folder/folder-files';

export interface SpecialFile {
  readonly kind: SpecialKind;
  readonly ino: bigint;
  mode: number;
  atimeNs: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
}

const keyOf = (names: Names): string => names.join('/');

/** Inodes of the disk are smaller. */
const firstIno = 1n << 62n;

export class SpecialNames {
  readonly #files = new Map<string, SpecialFile>();
  #made = 0n;

  /** How many names there are */
  get size(): number {
    return this.#files.size;
  }

  get(names: Names): SpecialFile | undefined {
    return this.#files.get(keyOf(names));
  }

  make(names: Names, { kind, mode, nowNs }: { kind: SpecialKind; mode: number; nowNs: bigint }): void {
    const times = { atimeNs: nowNs, mtimeNs: nowNs, ctimeNs: nowNs };
    this.set(names, { kind, ino: firstIno + this.#made++, mode, ...times });
  }

  set(names: Names, file: SpecialFile): void {
    this.#files.set(keyOf(names), file);
  }

  delete(names: Names): void {
    this.#files.delete(keyOf(names));
  }

  /** Names directly in a folder */
  in(folder: Names): readonly string[] {
    const start = folder.length === 0 ? '' : `${keyOf(folder)}/`;
    return [...this.#files.keys()]
      .filter((key) => key.startsWith(start) && !key.includes('/', start.length))
      .map((key) => key.slice(start.length));
  }

  /** A folder moved, with everything in it. */
  moveFolder(from: Names, to: Names): void {
    const start = `${keyOf(from)}/`;
    for (const [key, file] of [...this.#files]) {
      if (!key.startsWith(start)) continue;
      this.#files.delete(key);
      this.#files.set(`${keyOf(to)}/${key.slice(start.length)}`, file);
    }
  }

  statusOf(file: SpecialFile): FileStatus {
    const { kind: special, ino, mode, atimeNs, mtimeNs, ctimeNs } = file;
    const links = [...this.#files.values()].filter((other) => other === file).length;
    return { kind: 'other', special, mode, size: 0, blocks: 0, links, dev: 0n, ino, atimeNs, mtimeNs, ctimeNs };
  }
}
