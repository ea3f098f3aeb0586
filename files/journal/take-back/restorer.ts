/** Puts single names of a folder back, by acts that are journaled themselves. */
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

/** Something stands in the way that is not ours to move. */
export class InTheWay extends Error {}

export interface RestorerOptions {
  readonly area: string;
  /** Carries out what the folder's records say, while they are written */
  readonly tree: NameTree;
  readonly files: FolderFiles;
  readonly entries: HostEntries | null;
  readonly folder: JournaledFolder;
  readonly kept: KeptFiles;
  /** Things that are taken back as well, and may be moved for it */
  readonly own: ReadonlySet<Thing>;
  /** Directories that stand for others that are gone */
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

  /** Names of what there is now, `null` when it is gone. */
  placeOf(thing: Thing): Names | null {
    if (isRoot(thing)) return [];
    return thing.place && namesOf(thing.place, 'place');
  }

  /** Where a directory of before is now; made again with what is above it when it is gone. @throws InTheWay, Errno */
  directory(thing: Thing): Names {
    const { files, folder, tree, area } = this.#options;
    const place = this.placeOf(thing) ?? this.successorPlace(thing);
    if (place) return place;
    const names = this.slotOf(thing);
    const there = statusIfThere(files, names);
    // A directory that somebody else made there will do.
    const isOther = there?.kind !== 'directory' || this.#options.own.has(tree.resolve(area, names));
    if (there && isOther) this.free(names, false);
    // What must be put into it yet needs all rights; the mode of before comes at the end.
    if (isOther) folder.makeDirectory(names, (thing.body.was?.mode ?? 0o755) | 0o700);
    this.#successors.set(thing, tree.resolve(area, names));
    return names;
  }

  /** Where a thing was before, with its directories as they are called now. */
  slotOf({ origin }: Thing): Names {
    if (!origin) throw new Error('it is new');
    return [...this.directory(origin.parent), origin.name];
  }

  /** Makes sure that nothing has these names. @throws InTheWay for what is somebody else's, unless that is to go */
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

  /** Brings the file of before back to a name; what is there goes to the store. Returns what it is there. */
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

  /** From another file system: the copy is whole before it takes the name. */
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

  /** Gives the file itself its bytes of before, for the sake of its other names. */
  restoreContent(kept: KeptId, names: Names): void {
    const { folder, files } = this.#options;
    const { mode } = files.status(names);
    if ((mode & 0o600) !== 0o600) folder.setMode(names, mode | 0o600);
    folder.restoreContent(names, kept, (file) => this.#copyInto(kept, file));
  }

  /** Removes a directory of the turn's. `false` when it holds something of somebody else's */
  removeDirectory(names: Names): boolean {
    const { folder, files } = this.#options;
    // Copies that a crash left half done are nobody's.
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

  /** Removes what was needed on the way; what could not go where it belongs goes back to where it was. */
  end(): void {
    for (const { staged, from } of this.#stagedFrom) {
      try {
        if (statusIfThere(this.#options.files, staged))
          this.#options.folder.rename(staged, from, { onExisting: 'keep' });
      } catch (error) {
        // Its place is taken: it stays where the next taking back finds it.
        errnoOf(error);
      }
    }
    if (this.#staging) this.removeDirectory(this.#staging);
    this.#staging = null;
  }

  /** Where that is which stands for a directory that is gone, `null` when there is none. */
  successorPlace(thing: Thing): Names | null {
    const successor = this.#successors.get(thing);
    return successor ? this.placeOf(successor) : null;
  }

  /** Nothing in a directory of the turn's is somebody else's. */
  #isAllOurs(names: Names): boolean {
    const { files, tree, area, own } = this.#options;
    return files.list(names).every(({ name, kind }) => {
      const inner = [...names, name];
      const thing = tree.resolve(area, inner);
      // What was moved here takes along what is in it.
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

/** @throws Errno `EIO` for what should be there by the plan */
export function needed<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Errno('EIO', 'the journal misses what it needs');
  return value;
}
