/**
 * A folder with files that have no name (`O_TMPFILE`): a layer that gives each a hidden name, until it gets one or is
 * closed.
 *
 * Node can't give a file without a name one later. The journal sees the hidden name as any other, so after a crash, undo
 * removes what is left.
 */
import { randomBytes } from 'node:crypto';
import { errnoOf } from '../folder/errno';
import type { ListedName, Names, OpenFile, RenameOptions } from '../folder/folder-files';
import { FolderLayer } from '../folder/folder-layer';
import { UnnamedFile } from './unnamed-file';

export const unnamedPrefix = '.piwork-unnamed-';

const keyOf = (names: Names): string => names.join('/');
const isWithin = (names: Names, folder: Names): boolean => folder.every((name, index) => names[index] === name);

export class UnnamedFolder extends FolderLayer {
  readonly #hidden = new Map<string, { names: Names }>();

  /** A new file that is removed when it is closed, unless it gets a name. Also returns its hidden name. */
  createUnnamed(folder: Names, mode: number): { readonly file: OpenFile; readonly name: string } {
    const name = `${unnamedPrefix}${randomBytes(8).toString('hex')}`;
    const hidden = { names: [...folder, name] };
    const file = this.files.createFile(hidden.names, mode);
    this.#hidden.set(keyOf(hidden.names), hidden);
    const hasNone = (): boolean => this.isUnnamed(hidden.names);
    return { name, file: new UnnamedFile(file, hasNone, () => this.#remove(hidden.names)) };
  }

  isUnnamed(names: Names): boolean {
    return this.#hidden.size > 0 && this.#hidden.has(keyOf(names));
  }

  override list(names: Names): readonly ListedName[] {
    const listed = super.list(names);
    if (this.#hidden.size === 0) return listed;
    return listed.filter(({ name }) => !this.isUnnamed([...names, name]));
  }

  /** Gives a file without a name its first one; then it is a file like any other. */
  override makeHardLink(existing: Names, names: Names): void {
    if (!this.isUnnamed(existing)) return super.makeHardLink(existing, names);
    super.rename(existing, names, { onExisting: 'keep' });
    this.#hidden.delete(keyOf(existing));
  }

  override rename(from: Names, to: Names, options: RenameOptions): void {
    super.rename(from, to, options);
    for (const [key, hidden] of [...this.#hidden]) {
      if (!isWithin(hidden.names, from)) continue;
      this.#hidden.delete(key);
      hidden.names = [...to, ...hidden.names.slice(from.length)];
      this.#hidden.set(keyOf(hidden.names), hidden);
    }
  }

  /** A folder may be removed while files without a name are open in it: they can no longer get one. */
  override removeDirectory(names: Names): void {
    const hidden = [...this.#hidden.values()].filter((each) => isWithin(each.names, names));
    if (hidden.length > 0 && this.list(names).length === 0) for (const each of hidden) this.#remove(each.names);
    super.removeDirectory(names);
  }

  #remove(names: Names): void {
    if (!this.#hidden.delete(keyOf(names))) return;
    try {
      this.files.removeFile(names);
    } catch (error) {
      // The person removed it, or its folder.
      if (!['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) throw error;
    }
  }
}
