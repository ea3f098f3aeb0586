/**
 * A folder whose changes go to a store until the person has approved them; the folder below is only read. Hard links
 * aren't supported (`EPERM`): programs expect that of some disks.
 */
import { Errno, errnoOf } from '../folder/errno';
import type {
  FileStatus,
  FileTimes,
  FolderFiles,
  FreeSpace,
  ListedName,
  Names,
  OpenFile,
  OpenOptions,
  RenameOptions,
} from '../folder/folder-files';
import { statusIfThere } from '../folder/status-if-there';
import { OverlayContents, originOf, type OverlayContentsOptions } from './overlay-contents';
import { OverlayFile } from './overlay-file';
import type { OverlayLog } from './overlay-log';
import { newNode, type Found, type Origin, type OverlayNode, type OverlayTree } from './overlay-tree';

export class OverlayFolder implements FolderFiles {
  readonly #folder: FolderFiles;
  readonly #store: FolderFiles;
  readonly #tree: OverlayTree;
  readonly #log: OverlayLog;
  readonly #onChanged: () => void;
  readonly #contents: OverlayContents;

  constructor(options: OverlayContentsOptions) {
    this.#folder = options.folder;
    this.#store = options.store;
    this.#tree = options.tree;
    this.#log = options.log;
    this.#onChanged = options.onChanged;
    this.#contents = new OverlayContents(options);
  }

  status(names: Names): FileStatus {
    const found = this.#tree.find(names);
    if (found.kind === 'none') throw new Errno('ENOENT');
    return found.kind === 'folder' ? this.#folder.status(found.names) : this.#contents.statusOf(found.node);
  }

  statusesIn(directory: Names, names: readonly string[]): ReadonlyArray<FileStatus | null> {
    return names.map((name) => statusIfThere(this, [...directory, name]));
  }

  list(names: Names): readonly ListedName[] {
    const found = this.#tree.find(names);
    if (found.kind === 'none') throw new Errno('ENOENT');
    if (found.kind === 'folder') return this.#folder.list(found.names);
    const { base, entries } = found.node;
    if (this.#contents.statusOf(found.node).kind !== 'directory') throw new Errno('ENOTDIR');
    const below = base.from === 'folder' ? this.#folder.list(base.names).filter(({ name }) => !entries.has(name)) : [];
    const own = [...entries].flatMap(([name, node]) => {
      const status = node && this.#contents.statusIfThere(node);
      return status ? [{ name, kind: status.kind }] : [];
    });
    return [...below, ...own];
  }

  readLink(names: Names): string {
    const found = this.#tree.find(names);
    if (found.kind === 'none') throw new Errno('ENOENT');
    if (found.kind === 'folder') return this.#folder.readLink(found.names);
    const { base } = found.node;
    return base.from === 'folder' ? this.#folder.readLink(base.names) : this.#store.readLink([base.id]);
  }

  openFile(names: Names, { isWritable }: OpenOptions): OpenFile {
    const found = this.#tree.find(names);
    if (found.kind === 'none') throw new Errno('ENOENT');
    if (found.kind === 'folder') {
      // When the file can't be opened at all, it is refused before anything is recorded.
      const file = this.#folder.openFile(found.names, { isWritable: false });
      file.close();
    }
    const node = this.#tree.node(names);
    if (!node) throw new Errno('ENOENT');
    if (isWritable && this.#contents.statusOf(node).kind !== 'file') throw new Errno('EPERM');
    return new OverlayFile(this.#contents.sourceOf(node));
  }

  createFile(names: Names, mode: number): OpenFile {
    this.#assertFree(names);
    const id = this.#contents.nextId();
    this.#store.createFile([id], mode).close();
    return new OverlayFile(this.#contents.sourceOf(this.#put(names, id, 'file')));
  }

  makeDirectory(names: Names, mode: number): void {
    this.#assertFree(names);
    const id = this.#contents.nextId();
    this.#store.makeDirectory([id], mode);
    this.#put(names, id, 'directory');
  }

  makeSymlink(names: Names, target: string): void {
    this.#assertFree(names);
    const id = this.#contents.nextId();
    this.#store.makeSymlink([id], target);
    this.#put(names, id, 'symlink');
  }

  makeHardLink(): void {
    throw new Errno('EPERM');
  }

  removeFile(names: Names): void {
    if (this.status(names).kind === 'directory') throw new Errno('EISDIR');
    this.#hide(names);
  }

  removeDirectory(names: Names): void {
    if (this.status(names).kind !== 'directory') throw new Errno('ENOTDIR');
    if (this.list(names).length > 0) throw new Errno('ENOTEMPTY');
    this.#hide(names);
  }

  rename(from: Names, to: Names, { onExisting }: RenameOptions): void {
    const source = this.status(from);
    const target = this.#tryStatus(to);
    if (target && onExisting === 'keep') throw new Errno('EEXIST');
    const isSame = from.length === to.length && from.every((name, index) => name === to[index]);
    if (isSame) return;
    if (from.every((name, index) => name === to[index])) throw new Errno('EINVAL');
    if (target) this.#assertReplaceable(source, target, to);
    this.#assertDirectory(to.slice(0, -1));
    const node = this.#tree.node(from);
    if (!node) throw new Errno('ENOENT');
    const isBelow = this.#below(from) !== null;
    node.base = { ...node.base, replaces: this.#below(to) };
    this.#tree.put(to, node);
    this.#tree.hide(from, isBelow);
    this.#log.put(to, node);
    this.#log.hide(from, isBelow);
    this.#onChanged();
  }

  setMode(names: Names, mode: number): void {
    if (this.status(names).kind === 'symlink') throw new Errno('EOPNOTSUPP');
    this.#meta(names, (node) => {
      if (node.base.from === 'store') this.#store.setMode([node.base.id], mode);
      else node.mode = mode;
    });
  }

  setTimes(names: Names, times: FileTimes): void {
    this.#meta(names, (node) => {
      if (node.base.from === 'store') this.#store.setTimes([node.base.id], times);
      else node.times = { ...node.times, ...times };
    });
  }

  space(): FreeSpace {
    return this.#store.space();
  }

  close(): void {
    this.#folder.close();
    this.#store.close();
  }

  #meta(names: Names, set: (node: OverlayNode) => void): void {
    this.status(names);
    const node = this.#tree.node(names);
    if (!node) throw new Errno('ENOENT');
    set(node);
    if (names.length > 0) this.#log.put(names, node);
    this.#onChanged();
  }

  #tryStatus(names: Names): FileStatus | null {
    const found: Found = this.#tree.find(names);
    if (found.kind === 'none') return null;
    try {
      return this.status(names);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  #assertDirectory(names: Names): void {
    if (this.status(names).kind !== 'directory') throw new Errno('ENOTDIR');
  }

  #assertFree(names: Names): void {
    this.#assertDirectory(names.slice(0, -1));
    if (this.#tryStatus(names)) throw new Errno('EEXIST');
  }

  #assertReplaceable(source: FileStatus, target: FileStatus, to: Names): void {
    if (target.kind === 'directory') {
      if (source.kind !== 'directory') throw new Errno('EISDIR');
      if (this.list(to).length > 0) throw new Errno('ENOTEMPTY');
    } else if (source.kind === 'directory') throw new Errno('ENOTDIR');
  }

  #put(names: Names, id: string, kind: 'file' | 'directory' | 'symlink'): OverlayNode {
    const node = newNode({ from: 'store', id, kind, origin: null, replaces: this.#below(names) });
    this.#tree.put(names, node);
    this.#log.put(names, node);
    this.#onChanged();
    return node;
  }

  #hide(names: Names): void {
    if (names.length === 0) throw new Errno('EBUSY');
    const isBelow = this.#below(names) !== null;
    this.#tree.hide(names, isBelow);
    this.#log.hide(names, isBelow);
    this.#onChanged();
  }

  /** What the folder below has under this exact name, which would show through. */
  #below(names: Names): Origin | null {
    const place = this.#tree.placeBelow(names);
    const status = place && statusIfThere(this.#folder, place);
    return place && status && originOf(place, status);
  }
}
