/**
 * A task's overlay: shows the guest a folder whose changes wait for review, and applies or discards them when the
 * person says so.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import type { FolderFiles } from '../folder/folder-files';
import { applyChanges, applyConflicts, withNeeded, type ApplyConflict } from './apply-overlay';
import { overlayChanges, type OverlayChange } from './overlay-changes';
import { OverlayFolder } from './overlay-folder';
import { OverlayLog } from './overlay-log';
import type { OverlayTree } from './overlay-tree';
import { afterApply, afterDiscard, withInner } from './settle-overlay';

export interface OverlayOptions {
  /** On the host */
  readonly place: string;
  /** The folder below, for reading and writing: its journaled layer */
  readonly folder: FolderFiles;
  readonly onChanged: () => void;
}

export interface Applied {
  readonly done: number;
  readonly left: readonly ApplyConflict[];
}

export class Overlay {
  readonly #options: OverlayOptions;
  readonly #store: FolderFiles;
  readonly #log: OverlayLog;
  #tree: OverlayTree;
  #isToTell = false;

  /** @throws Error when the stored overlay can't be read */
  constructor(options: OverlayOptions) {
    this.#options = options;
    const files = join(options.place, 'files');
    mkdirSync(files, { recursive: true, mode: 0o700 });
    this.#store = openFolder(files);
    this.#log = new OverlayLog(join(options.place, 'overlay.jsonl'));
    this.#tree = this.#log.load();
  }

  /** The folder that the guest sees; ask again after changes were applied or discarded. */
  folder(): FolderFiles {
    const { folder } = this.#options;
    return new OverlayFolder({
      folder,
      store: this.#store,
      tree: this.#tree,
      log: this.#log,
      onChanged: () => this.#tell(),
    });
  }

  changes(): readonly OverlayChange[] {
    return overlayChanges({ tree: this.#tree, folder: this.#options.folder, store: this.#store });
  }

  /** A change's content in the store, as a readable file; `null` when it is in the folder itself. */
  openNew({ node }: OverlayChange) {
    if (node?.base.from !== 'store') return null;
    return this.#store.openFile([node.base.id], { isWritable: false });
  }

  /**
   * Applies the chosen changes to the folder below. Those that would overwrite what the person did since stay in the
   * overlay. The guest must not see the folder in the meantime. @throws Errno half way, with `isApplying` left set and
   * the overlay as it was
   */
  async apply(chosen: ReadonlySet<string>, onProgress: (done: number, total: number) => void): Promise<Applied> {
    const all = this.changes();
    const wanted = withNeeded(all, chosen);
    const left = applyConflicts(wanted, this.#options.folder);
    const refused = new Set(left.map(({ change }) => change.id));
    const changes = wanted.filter(({ id }) => !refused.has(id));
    writeFileSync(this.#mark, '', { mode: 0o600 });
    applyChanges(changes, { target: this.#options.folder, store: this.#store, onProgress });
    await this.#become(afterApply(all, changes));
    rmSync(this.#mark, { force: true });
    return { done: changes.length, left };
  }

  /** Whether an earlier apply was interrupted: the folder below has part of it, which the journal can undo. */
  get isApplying(): boolean {
    return existsSync(this.#mark);
  }

  /** The interrupted apply was undone: the folder below is as it was before. */
  endApplying(): void {
    rmSync(this.#mark, { force: true });
  }

  /** Discards changes; the folder below shows through again. */
  async discard(chosen: ReadonlySet<string>): Promise<number> {
    const all = this.changes();
    const given = withInner(all, chosen);
    await this.#become(afterDiscard(all, given));
    return given.length;
  }

  close(): void {
    this.#store.close();
  }

  get #mark(): string {
    return join(this.#options.place, 'applying');
  }

  async #become(tree: OverlayTree): Promise<void> {
    await this.#log.rewrite(tree);
    this.#tree = tree;
    const used = new Set([...tree.walk()].flatMap(({ node }) => (node?.base.from === 'store' ? [node.base.id] : [])));
    for (const { name, kind } of this.#store.list([])) {
      if (used.has(name)) continue;
      if (kind === 'directory') this.#store.removeDirectory([name]);
      else this.#store.removeFile([name]);
    }
    this.#tell();
  }

  /** Once for everything that happens within a moment. */
  #tell(): void {
    if (this.#isToTell) return;
    this.#isToTell = true;
    setTimeout(() => {
      this.#isToTell = false;
      this.#options.onChanged();
    }, 200).unref();
  }
}
