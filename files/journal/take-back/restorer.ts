/** Restores single names of a folder. The journal records these acts too. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { Errno, errnoOf } from '../../folder/errno';
import type { FileStatus, FolderFiles, Names, OpenFile } from '../../folder/folder-files';
import { statusIfThere } from '../../folder/status-if-there';
import type { HostEntries } from '../host-entries';
import type { JournaledFolder } from '../journaled-folder';
import type { KeptFiles } from '../kept-files';
import type { NameTree } from '../name-tree';
import type { Thing } from '../things';
import { isRoot, namesOf } from './net-changes';
import type { KeptId } from '../records';

const stagingName = /^\.piwork-back-[0-9a-f]{12}$/;
const chunkBytes = 1 << 20;

/** Something is in the way that isn't ours to move. */
export class InTheWay extends Error {}

export interface RestorerOptions {
  readonly area: string;
  /** Replays the folder's records while they are written */
  readonly tree: NameTree;
  readonly files: FolderFiles;
  readonly entries: HostEntries | null;
  readonly folder: JournaledFolder;
  readonly kept: KeptFiles;
  /** Things that are undone too, and may be moved out of the way */
  readonly own: ReadonlySet<Thing>;
  /** Directories that replace missing ones */
  readonly successors: ReadonlyMap<Thing, Thing>;
}

export class Restorer {
  readonly #options: RestorerOptions;
  readonly #successors: Map<Thing, Thing>;
  #staging: Names | null = null;
  #staged = 0;
  readonly #stagedFrom: { readonly staged: Names; readonly from: Names }[] = [];
  #isStoreElsewhere = false;

  constructor(options: RestorerOptions) {
    this.#options = options;
    this.#successors = new Map(options.successors);
  }

  /** Present names of a thing, `null` when it is gone. */
  placeOf(thing: Thing): Names | null {
    if (isRoot(thing)) return [];
    return thing.place && namesOf(thing.place, 'place');
  }

  /** Where an earlier directory is now. If it is gone, it is created again with its parents. @throws InTheWay, Errno */
  directory(thing: Thing): Names {
    const { files, folder, tree, area } = this.#options;
    const place = this.placeOf(thing) ?? this.successorPlace(thing);
    if (place) return place;
    const names = this.slotOf(thing);
    const there = statusIfThere(files, names);
    // A directory that somebody else created will do.
    const isOther = there?.kind !== 'directory' || this.#options.own.has(tree.resolve(area, names));
    if (there && isOther) this.free(names, false);
    // All rights are needed while entries are added; the earlier mode is set at the end.
    if (isOther) folder.makeDirectory(names, (thing.body.was?.mode ?? 0o755) | 0o700);
    this.#successors.set(thing, tree.resolve(area, names));
    return names;
  }

  /** Where a thing was before, by the present names of its directories. */
  slotOf({ origin }: Thing): Names {
    if (!origin) throw new Error('it is new');
    return [...this.directory(origin.parent), origin.name];
  }

  /** Makes sure that nothing has these names. @throws InTheWay for what is somebody else's, unless `isTaken` */
  free(names: Names, isTaken: boolean): void {
    const { files, folder, tree, area, own } = this.#options;
    const status = statusIfThere(files, names);
    if (!status) return;
    const thing = tree.resolve(area, names);
    if (!own.has(thing)) {
      if (!isTaken || status.kind === 'directory') throw new InTheWay();
      folder.removeFile(names);
    } else if (thing.origin === null && status.kind !== 'directory') folder.removeFile(names);
    else if (thing.origin === null && !this.#isAllOurs(names)) throw new InTheWay();
    else this.#stage(names);
  }

  /** Brings the earlier file back to a name; what is there moves to the store. Returns its status there. */
  bring(kept: KeptId, names: Names, kind: 'file' | 'other', target: FileStatus | null): FileStatus {
    const { folder, kept: store, entries } = this.#options;
    if (!this.#isStoreElsewhere) {
      try {
        return folder.bring({ names, kept, kind, target, move: () => store.moveOut(kept, entries, names) });
      } catch (error) {
        if (errnoOf(error) !== 'EXDEV') throw error;
        this.#isStoreElsewhere = true;
      }
    }
    return this.#bringCopy(kept, names, kind, target);
  }

  /** From another file system: the copy is complete before it gets the name. */
  #bringCopy(kept: KeptId, names: Names, kind: 'file' | 'other', target: FileStatus | null): FileStatus {
    const { folder, files } = this.#options;
    const beside = this.#newStaged();
    const file = files.createFile(beside, 0o600);
    try {
      this.#copyInto(kept, file);
    } finally {
      file.close();
    }
    const move = (): void => files.rename(beside, names, { onExisting: 'replace' });
    return folder.bring({ names, kept, kind, target, move });
  }

  /** Gives the file itself its earlier bytes, so that its other names have them too. */
  restoreContent(kept: KeptId, names: Names): void {
    const { folder, files } = this.#options;
    const { mode } = files.status(names);
    if ((mode & 0o600) !== 0o600) folder.setMode(names, mode | 0o600);
    folder.restoreContent(names, kept, (file) => this.#copyInto(kept, file));
  }

  /** Removes a directory that the turn created. Returns `false` when it contains something of somebody else's */
  removeDirectory(names: Names): boolean {
    const { folder, files } = this.#options;
    // Half-finished copies left by a crash belong to nobody.
    if (names.length === 1 && stagingName.test(names[0] ?? '')) {
      for (const { name, kind } of files.list(names)) if (kind === 'file') files.removeFile([...names, name]);
    }
    try {
      folder.removeDirectory(names);
      return true;
    } catch (error) {
      if (errnoOf(error) === 'ENOTEMPTY' || errnoOf(error) === 'EEXIST') return false;
      throw error;
    }
  }

  /** Removes what was needed on the way. What couldn't go to its place returns to where it was. */
  end(): void {
    for (const { staged, from } of this.#stagedFrom) {
      try {
        if (statusIfThere(this.#options.files, staged))
          this.#options.folder.rename(staged, from, { onExisting: 'keep' });
      } catch (error) {
        // Its place is taken: it stays where the next undo finds it.
        errnoOf(error);
      }
    }
    if (this.#staging) this.removeDirectory(this.#staging);
    this.#staging = null;
  }

  /** Where the directory is that replaces a missing one, `null` when there is none. */
  successorPlace(thing: Thing): Names | null {
    const successor = this.#successors.get(thing);
    return successor ? this.placeOf(successor) : null;
  }

  /** Whether everything in a directory that the turn created is ours. */
  #isAllOurs(names: Names): boolean {
    const { files, tree, area, own } = this.#options;
    return files.list(names).every(({ name, kind }) => {
      const inner = [...names, name];
      const thing = tree.resolve(area, inner);
      // What was moved here brings its entries with it.
      return own.has(thing) && (kind !== 'directory' || thing.origin !== null || this.#isAllOurs(inner));
    });
  }

  #stage(names: Names): void {
    const staged = this.#newStaged();
    this.#options.folder.rename(names, staged, { onExisting: 'keep' });
    this.#stagedFrom.push({ staged, from: names });
  }

  #newStaged(): Names {
    if (!this.#staging) {
      const staging = [`.piwork-back-${randomBytes(6).toString('hex')}`];
      this.#options.folder.makeDirectory(staging, 0o700);
      this.#staging = staging;
    }
    return [...this.#staging, `${++this.#staged}`];
  }

  #copyInto(kept: KeptId, file: OpenFile): void {
    const source = openSync(this.#options.kept.path(kept), 'r');
    try {
      const chunk = new Uint8Array(chunkBytes);
      let position = 0;
      for (let read = readSync(source, chunk); read > 0; read = readSync(source, chunk)) {
        file.write(chunk.subarray(0, read), position);
        position += read;
      }
      file.setSize(position);
    } finally {
      closeSync(source);
    }
  }
}

/** @throws Errno `EIO` for what the plan says should be there */
export function needed<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Errno('EIO', 'the journal misses what it needs');
  return value;
}
