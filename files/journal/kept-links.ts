/**
 * A kept file is often the file itself, by another name in the store. That name isn't one of the folder's: programs that
 * count a file's names, as `tar` and `cp -a` do, must not see it.
 */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileStatus } from '../folder/folder-files';

export class KeptLinks {
  readonly #folder: string;
  /** How many names each file has in the store; `null` until it matters, and when it must be counted again */
  #counts: Map<string, number> | null = null;

  /** @param folder contains one folder per turn */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A file as the folder shows it. @param isNameless it is open and has no name in the folder */
  hidden(status: FileStatus, isNameless = false): FileStatus {
    if (status.kind === 'directory' || status.links < (isNameless ? 1 : 2)) return status;
    const kept = this.#counted().get(keyOf(status)) ?? 0;
    return kept === 0 ? status : { ...status, links: Math.max(isNameless ? 0 : 1, status.links - kept) };
  }

  /** The store got a name of this file. */
  add(file: Pick<FileStatus, 'dev' | 'ino'>): void {
    const key = keyOf(file);
    this.#counts?.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Names in the store are gone. */
  forget(): void {
    this.#counts = null;
  }

  #counted(): ReadonlyMap<string, number> {
    if (this.#counts) return this.#counts;
    this.#counts = new Map();
    for (const turn of readdirSync(this.#folder)) {
      const kept = join(this.#folder, turn, 'kept');
      for (const name of namesIn(kept)) {
        const stats = lstatSync(join(kept, name), { bigint: true, throwIfNoEntry: false });
        if (stats) this.add(stats);
      }
    }
    return this.#counts;
  }
}

const keyOf = ({ dev, ino }: Pick<FileStatus, 'dev' | 'ino'>): string => `${dev}:${ino}`;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A turn whose content was removed.
    return [];
  }
}
