/** Keeps the guest's directory caches true while somebody else changes the directories. */
import type { WatchedDirectory } from '../watch/folder-watch';
import type { Binding } from './bindings';
import { statusIfThere } from '../folder/status-if-there';
import { DirectoryNews } from './directory-news';
import type { NodeTable } from './node-table';
import type { FileNode } from './nodes';

/** Changes come in bursts; the guest is notified once per burst. */
const gatherMs = 5;
/** The longest time that handling a burst blocks requests. */
const sliceMs = 20;

interface Watched {
  readonly directory: WatchedDirectory;
  readonly changed: Set<string>;
  /** Names that the guest itself removed, until the watch reports them */
  readonly removed: Set<string>;
}

export class Watches {
  readonly #nodes: NodeTable;
  readonly #news: DirectoryNews;
  /** `null` for a directory that can't be watched */
  readonly #watched = new Map<FileNode, Watched | null>();
  /** Directories with events, and whether more may have happened in them than was reported */
  readonly #heard = new Map<FileNode, boolean>();
  #timer: NodeJS.Timeout | null = null;

  constructor(nodes: NodeTable, notify: (message: Buffer) => void) {
    this.#nodes = nodes;
    this.#news = new DirectoryNews(nodes, notify);
  }

  /** Starts before the directory is read, so that nothing is missed. */
  ensure(node: FileNode): void {
    const { watch } = node.binding;
    // A directory that has lost its name can't be watched until it is found again.
    if (!watch || this.#watched.has(node) || node.places.length === 0) return;
    const directory = watch.watch(this.#nodes.names(node), {
      changed: (name) => this.#hear(node, name),
      missed: () => this.#willTell(node, true),
    });
    this.#watched.set(node, directory && { directory, changed: new Set(), removed: new Set() });
  }

  /** Whether the guest is notified about changes of the directory's names. */
  covers(node: FileNode): boolean {
    return Boolean(this.#watched.get(node));
  }

  /** The guest needs no notification of its own acts. @param removed a name that it removed */
  expect(node: FileNode, removed?: string): void {
    const watched = this.#watched.get(node);
    if (!watched) return;
    if (removed !== undefined) watched.removed.add(removed);
    try {
      const status = statusIfThere(node.binding.files, this.#nodes.names(node));
      if (status) node.told = status;
    } catch {
      // The guest's act is already done; at worst, it is notified about it.
    }
  }

  forget(node: FileNode): void {
    this.#watched.get(node)?.directory.close();
    this.#watched.delete(node);
    this.#heard.delete(node);
  }

  dropBinding(binding: Binding): void {
    for (const node of [...this.#watched.keys()]) if (node.binding === binding) this.forget(node);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const node of [...this.#watched.keys()]) this.forget(node);
  }

  #hear(node: FileNode, name: string | null): void {
    if (name !== null) {
      // Some disks store names in another form than the one shown.
      this.#watched.get(node)?.changed.add(name).add(name.normalize('NFC'));
    }
    this.#willTell(node, false);
  }

  #willTell(node: FileNode, hasMissed: boolean): void {
    this.#heard.set(node, hasMissed || this.#heard.get(node) === true);
    this.#timer ??= setTimeout(this.#tell, gatherMs);
  }

  readonly #tell = (): void => {
    this.#timer = null;
    const until = performance.now() + sliceMs;
    for (const [node, hasMissed] of this.#heard) {
      if (performance.now() > until) {
        this.#timer = setTimeout(this.#tell, 0);
        return;
      }
      this.#heard.delete(node);
      if (node.binding.isGone) continue;
      if (hasMissed) this.#lookAnew(node);
      else this.#look(node);
    }
  };

  #look(node: FileNode): void {
    const watched = this.#watched.get(node);
    if (!watched) return;
    const changed = [...watched.changed];
    watched.changed.clear();
    try {
      this.#news.tell(node, changed, watched.removed);
    } catch {
      // It can't be read (EACCES, ESTALE, EIO): the guest will find out itself.
      this.#news.tellOfItself(node);
    }
  }

  /** A watch ends with its directory and doesn't see a new one with the same name or number. */
  #lookAnew(node: FileNode): void {
    this.forget(node);
    try {
      this.ensure(node);
      if (this.covers(node)) this.#news.tellAll(node);
      else this.#news.disown(node);
    } catch {
      this.forget(node);
      this.#news.disown(node);
    }
  }
}
