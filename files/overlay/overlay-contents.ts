/** The files behind an overlay's names: the folder below's until they change, then copies in the store. */
import { errnoOf } from '../folder/errno';
import { copyContent } from '../folder/file-content';
import type { FileStatus, FolderFiles, Names } from '../folder/folder-files';
import type { FileSource } from './overlay-file';
import type { OverlayLog } from './overlay-log';
import { namesOfNode, type Origin, type OverlayNode, type OverlayTree } from './overlay-tree';

/** What a file is before it is copied or replaced. */
export const originOf = (names: Names, { dev, ino, size, mtimeNs }: FileStatus): Origin => ({
  names,
  dev,
  ino,
  size,
  mtimeNs,
});

export interface OverlayContentsOptions {
  readonly folder: FolderFiles;
  /** On the host; one file, directory or link per number */
  readonly store: FolderFiles;
  readonly tree: OverlayTree;
  readonly log: OverlayLog;
  readonly onChanged: () => void;
}

export class OverlayContents {
  readonly #folder: FolderFiles;
  readonly #store: FolderFiles;
  readonly #tree: OverlayTree;
  readonly #log: OverlayLog;
  readonly #onChanged: () => void;
  readonly #sources = new WeakMap<OverlayNode, FileSource>();
  #lastId: number;

  constructor({ folder, store, tree, log, onChanged }: OverlayContentsOptions) {
    this.#folder = folder;
    this.#store = store;
    this.#tree = tree;
    this.#log = log;
    this.#onChanged = onChanged;
    this.#lastId = Math.max(0, ...store.list([]).map(({ name }) => Number(name) || 0));
  }

  /** A number that nothing in the store has. */
  nextId(): string {
    return String(++this.#lastId);
  }

  statusOf(node: OverlayNode): FileStatus {
    const { base, mode, times } = node;
    if (base.from === 'folder') {
      const status = this.#folder.status(base.names);
      return { ...status, ...times, mode: mode ?? status.mode };
    }
    const status = this.#store.status([base.id]);
    // The guest still sees the same file after it was copied.
    return base.origin ? { ...status, dev: base.origin.dev, ino: base.origin.ino } : status;
  }

  /** `null` when its source in the folder below is gone. */
  statusIfThere(node: OverlayNode): FileStatus | null {
    try {
      return this.statusOf(node);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  /** Shared by all who have a file open. */
  sourceOf(node: OverlayNode): FileSource {
    const known = this.#sources.get(node);
    if (known) return known;
    let version = 0;
    const source: FileSource = {
      get version() {
        return version;
      },
      open: () =>
        node.base.from === 'folder'
          ? this.#folder.openFile(node.base.names, { isWritable: false })
          : this.#store.openFile([node.base.id], { isWritable: true }),
      makeOwn: () => {
        if (node.base.from === 'store') return;
        this.#copy(node);
        version += 1;
      },
      show: (status) => {
        const { base } = node;
        if (base.from === 'store')
          return base.origin ? { ...status, dev: base.origin.dev, ino: base.origin.ino } : status;
        return { ...status, ...node.times, mode: node.mode ?? status.mode };
      },
      changed: () => this.#onChanged(),
    };
    this.#sources.set(node, source);
    return source;
  }

  /** Copies a file of the folder into the store, with its mode and times. */
  #copy(node: OverlayNode): void {
    if (node.base.from !== 'folder') return;
    const { names, replaces } = node.base;
    const shown = this.statusOf(node);
    const from = this.#folder.openFile(names, { isWritable: false });
    const id = this.nextId();
    const to = this.#store.createFile([id], shown.mode);
    try {
      const origin = originOf(names, from.status());
      copyContent(from, to);
      to.setMode(shown.mode);
      node.base = { from: 'store', id, kind: 'file', origin, replaces };
    } finally {
      from.close();
      to.close();
    }
    node.mode = null;
    node.times = {};
    const at = namesOfNode(node, this.#tree.root);
    if (at) this.#log.put(at, node);
  }
}
