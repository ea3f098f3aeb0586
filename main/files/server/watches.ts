/**
 * Keeps what the guest believes of directories true while somebody else changes them. What the guest did itself is told
 * apart by looking: nothing is news that is as it was last told.
 */
import type { Names } from '../folder-files';
import type { WatchedDirectory } from '../watch/folder-watch';
import type { Binding } from './bindings';
import { invalidateEntryMessage, invalidateInodeMessage } from './fuse-replies';
import type { FileNode, NodeTable } from './node-table';
import { statusIfThere } from '../status-if-there';
import { hasOtherContent, mayHaveOtherContent } from './told';

/** Changes come in swarms; the guest is told once. */
const gatherMs = 5;

interface Watched {
  readonly directory: WatchedDirectory;
  readonly changed: Set<string | null>;
  /** Names that the guest itself took away, until the watch tells of them */
  readonly removed: Set<string>;
}

export class Watches {
  readonly #nodes: NodeTable;
  readonly #notify: (message: Buffer) => void;
  /** `null` for a directory that cannot be watched */
  readonly #watched = new Map<FileNode, Watched | null>();
  readonly #news = new Set<FileNode>();
  #timer: NodeJS.Timeout | null = null;

  constructor(nodes: NodeTable, notify: (message: Buffer) => void) {
    this.#nodes = nodes;
    this.#notify = notify;
  }

  /** Begins before the directory is looked at, so that nothing is missed. */
  ensure(node: FileNode): void {
    const { watch } = node.binding;
    if (!watch || this.#watched.has(node)) return;
    const directory = watch.watch(this.#nodes.names(node), (name) => this.#hear(node, name));
    this.#watched.set(node, directory && { directory, changed: new Set(), removed: new Set() });
  }

  /** Whether news of the directory's names is told to the guest. */
  covers(node: FileNode): boolean {
    return Boolean(this.#watched.get(node));
  }

  /** The guest's own doing is no news to it. @param removed a name that it took away */
  expect(node: FileNode, removed?: string): void {
    const watched = this.#watched.get(node);
    if (!watched) return;
    if (removed !== undefined) watched.removed.add(removed);
    try {
      const status = statusIfThere(node.binding.files, this.#nodes.names(node));
      if (status) node.told = status;
    } catch {
      // What the guest did is done; at worst it is told of it as news.
    }
  }

  forget(node: FileNode): void {
    this.#watched.get(node)?.directory.close();
    this.#watched.delete(node);
    this.#news.delete(node);
  }

  dropBinding(binding: Binding): void {
    for (const node of [...this.#watched.keys()]) if (node.binding === binding) this.forget(node);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const node of [...this.#watched.keys()]) this.forget(node);
  }

  #hear(node: FileNode, name: string | null): void {
    const changed = this.#watched.get(node)?.changed;
    changed?.add(name);
    // Some disks write names otherwise than they are shown.
    if (name !== null) changed?.add(name.normalize('NFC'));
    this.#news.add(node);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#tell();
    }, gatherMs);
  }

  #tell(): void {
    for (const node of [...this.#news]) {
      const watched = this.#watched.get(node);
      if (watched && !node.binding.isGone) this.#lookOrInvalidate(node, watched);
      watched?.changed.clear();
    }
    this.#news.clear();
  }

  #lookOrInvalidate(node: FileNode, watched: Watched): void {
    try {
      this.#look(node, watched);
    } catch {
      // It cannot be looked at (EACCES, ESTALE, EIO): the guest is to find out by itself.
      this.#notify(invalidateInodeMessage(node.id));
    }
  }

  #look(node: FileNode, watched: Watched): void {
    const names = this.#nodes.names(node);
    let isOther = false;
    for (const name of watched.changed) {
      if (name !== null && this.#lookAt(node, [...names, name], name, watched)) isOther = true;
    }
    const status = statusIfThere(node.binding.files, names);
    if (!status) return;
    if (!isOther && status.mtimeNs === node.told.mtimeNs && status.mode === node.told.mode) return;
    node.told = status;
    this.#notify(invalidateInodeMessage(node.id));
  }

  /** Whether the directory lists other names than the guest believes. */
  #lookAt(parent: FileNode, names: Names, name: string, { removed }: Watched): boolean {
    const child = parent.children.get(name);
    const status = statusIfThere(parent.binding.files, names);
    const earlier = status ? this.#nodes.stillOpen(parent.binding, status) : [];
    for (const { id } of earlier) this.#notify(invalidateInodeMessage(id));
    if (!child) {
      if (!status) return !removed.delete(name);
      // The guest may believe that there is none.
      this.#notify(invalidateEntryMessage(parent.id, name));
      return true;
    }
    if (!status || !this.#nodes.isSame(child, status)) {
      this.#nodes.removeName(parent, name);
      this.#notify(invalidateEntryMessage(parent.id, name));
      return true;
    }
    if (hasOtherContent(child.told, status)) {
      this.#nodes.renew(child);
      this.#notify(invalidateEntryMessage(parent.id, name));
      this.#notify(invalidateInodeMessage(child.id));
    } else if (child.kind === 'directory' ? child.told.mode !== status.mode : mayHaveOtherContent(child.told, status)) {
      child.told = status;
      this.#notify(invalidateInodeMessage(child.id));
    }
    return false;
  }
}
