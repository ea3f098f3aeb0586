/**
 * A folder with named pipes and sockets: a layer that has them in memory while the folder is bound.
 *
 * They have no content and mean something only to programs that run at the same time. So they aren't created on the
 * host, where a named pipe stops programs that read it, and where Node can't create one.
 */
import { Errno } from '../folder/errno';
import type {
  FileStatus,
  FileTimes,
  FolderFiles,
  ListedName,
  Names,
  OpenFile,
  OpenOptions,
  RenameOptions,
  SpecialKind,
} from '../folder/folder-files';
import { FolderLayer } from '../folder/folder-layer';
import { statusIfThere } from '../folder/status-if-there';
import { type SpecialFile, SpecialNames } from './special-names';
import { TouchedFolders } from './touched-folders';

const parentOf = (names: Names): Names => names.slice(0, -1);

export class SpecialFolder extends FolderLayer {
  readonly #special = new SpecialNames();
  readonly #touched = new TouchedFolders();
  readonly #limit: number;

  /** @param limit how many names special files may have at a time */
  constructor(files: FolderFiles, limit: number) {
    super(files);
    this.#limit = limit;
  }

  /** @throws Errno `EEXIST`, and `ENOSPC` at the limit */
  makeSpecial(names: Names, kind: SpecialKind, mode: number): void {
    if (statusIfThere(this, names)) throw new Errno('EEXIST');
    this.#checkParent(names);
    this.#checkRoom();
    this.#special.make(names, { kind, mode: mode & 0o777, nowNs: this.#touched.now() });
    this.#touched.touch(parentOf(names));
  }

  override status(names: Names): FileStatus {
    const special = this.#at(names);
    return special ? this.#special.statusOf(special) : this.#touched.seen(names, super.status(names));
  }

  override statusesIn(directory: Names, names: readonly string[]): ReadonlyArray<FileStatus | null> {
    return super.statusesIn(directory, names).map((status, index) => {
      if (status?.kind === 'directory') return this.#touched.seen([...directory, names[index] ?? ''], status);
      const special = status ? undefined : this.#special.get([...directory, names[index] ?? '']);
      return special ? this.#special.statusOf(special) : status;
    });
  }

  override list(names: Names): readonly ListedName[] {
    const listed = super.list(names);
    if (this.#special.size === 0) return listed;
    const special = this.#special.in(names).flatMap((name) => {
      const file = this.#at([...names, name]);
      return file ? [{ name, kind: 'other' as const, special: file.kind }] : [];
    });
    return [...listed, ...special];
  }

  override readLink(names: Names): string {
    if (this.#at(names)) throw new Errno('EINVAL');
    return super.readLink(names);
  }

  override openFile(names: Names, options: OpenOptions): OpenFile {
    if (this.#at(names)) throw new Errno('ENXIO');
    return super.openFile(names, options);
  }

  override createFile(names: Names, mode: number): OpenFile {
    this.#checkFree(names);
    return super.createFile(names, mode);
  }

  override makeDirectory(names: Names, mode: number): void {
    this.#checkFree(names);
    super.makeDirectory(names, mode);
  }

  override makeSymlink(names: Names, target: string): void {
    this.#checkFree(names);
    super.makeSymlink(names, target);
  }

  override makeHardLink(existing: Names, names: Names): void {
    this.#checkFree(names);
    const special = this.#at(existing);
    if (!special) return super.makeHardLink(existing, names);
    if (statusIfThere(this.files, names)) throw new Errno('EEXIST');
    this.#checkParent(names);
    this.#checkRoom();
    this.#special.set(names, special);
    this.#hasChanged(special, names);
  }

  override removeFile(names: Names): void {
    const special = this.#at(names);
    if (!special) return super.removeFile(names);
    this.#special.delete(names);
    this.#hasChanged(special, names);
  }

  override removeDirectory(names: Names): void {
    if (this.#at(names)) throw new Errno('ENOTDIR');
    this.#checkEmpty(names);
    super.removeDirectory(names);
  }

  override rename(from: Names, to: Names, options: RenameOptions): void {
    const [moved, replaced] = [this.#at(from), this.#at(to)];
    if (moved) return this.#renameSpecial(from, to, moved, options);
    if (replaced && options.onExisting === 'keep') throw new Errno('EEXIST');
    const isDirectory = this.#special.size > 0 && super.status(from).kind === 'directory';
    if (isDirectory && replaced) throw new Errno('ENOTDIR');
    if (isDirectory) this.#checkEmpty(to);
    super.rename(from, to, options);
    if (replaced) this.#special.delete(to);
    if (replaced) this.#hasChanged(replaced, to);
    if (isDirectory) this.#special.moveFolder(from, to);
  }

  override setMode(names: Names, mode: number): void {
    const special = this.#at(names);
    if (special) Object.assign(special, { mode: mode & 0o777, ctimeNs: this.#touched.now() });
    else super.setMode(names, mode);
  }

  override setTimes(names: Names, times: FileTimes): void {
    const special = this.#at(names);
    if (special) Object.assign(special, { ...times, ctimeNs: this.#touched.now() });
    else super.setTimes(names, times);
    if (!special && times.mtimeNs !== undefined) this.#touched.forget(names);
  }

  #renameSpecial(from: Names, to: Names, moved: SpecialFile, { onExisting }: RenameOptions): void {
    const target = statusIfThere(this, to);
    if (target && onExisting === 'keep') throw new Errno('EEXIST');
    if (target?.kind === 'directory') throw new Errno('EISDIR');
    // It would remove the file without saying so.
    if (target && !target.special) throw new Errno('EPERM');
    this.#checkParent(to);
    const replaced = this.#at(to);
    // Two names of one file stay as they are.
    if (replaced === moved) return;
    this.#special.delete(from);
    this.#special.set(to, moved);
    this.#hasChanged(moved, from, to);
    if (replaced) this.#hasChanged(replaced, to);
  }

  /** As a kernel does it when one of its names comes or goes. */
  #hasChanged(special: SpecialFile, ...changed: readonly Names[]): void {
    for (const names of changed) this.#touched.touch(parentOf(names));
    special.ctimeNs = this.#touched.now();
  }

  /** What a program on the host creates under its name, or does to its folder, comes first. */
  #at(names: Names): SpecialFile | undefined {
    const special = this.#special.size === 0 ? undefined : this.#special.get(names);
    if (!special) return undefined;
    const isHidden = statusIfThere(this.files, names) !== null;
    if (!isHidden && statusIfThere(this.files, parentOf(names))?.kind === 'directory') return special;
    this.#special.delete(names);
    return undefined;
  }

  #checkFree(names: Names): void {
    if (this.#at(names)) throw new Errno('EEXIST');
  }

  #checkParent(names: Names): void {
    if (this.files.status(parentOf(names)).kind !== 'directory') throw new Errno('ENOTDIR');
  }

  #checkRoom(): void {
    if (this.#special.size >= this.#limit) throw new Errno('ENOSPC');
  }

  #checkEmpty(names: Names): void {
    if (this.#special.size > 0 && this.#special.in(names).some((name) => this.#at([...names, name])))
      throw new Errno('ENOTEMPTY');
  }
}
