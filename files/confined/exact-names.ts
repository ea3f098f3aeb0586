/**
 * A folder on a disk that treats several names as one: `Foo` and `foo`, or the two ways to write `é`. Programs in the
 * guest don't expect such disks, so here a file has only the name that is listed. Any other spelling doesn't exist, and
 * creating it fails with `EEXIST`. Names are shown composed (NFC), as programs write them, and are found in both forms.
 */
import { Errno } from '../folder/errno';
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
import { stampOf } from '../folder/is-changed';
import { statusIfThere } from '../folder/status-if-there';
import { splitNames } from './names';

interface Listing {
  /** Of the directory when it was listed; after any change it is listed again */
  readonly stamp: string;
  /** The name on the disk for each name that is shown */
  readonly real: ReadonlyMap<string, string>;
  readonly listed: readonly ListedName[];
}

const maxListings = 64;
/** Some disks store change times so coarsely that a directory changed just now can change again and look the same. */
const coarseNs = 3_000_000_000n;

export class ExactNames implements FolderFiles {
  readonly #files: FolderFiles;
  /** Least recently used first. */
  readonly #listings = new Map<string, Listing>();

  constructor(files: FolderFiles) {
    this.#files = files;
  }

  status(names: Names): FileStatus {
    return this.#files.status(this.#real(names));
  }

  statusesIn(directory: Names, names: readonly string[]): ReadonlyArray<FileStatus | null> {
    const parent = this.#real(directory);
    const { real } = this.#listing(parent);
    const found = names.map((name) => real.get(shown(name)) ?? null);
    const there = found.filter((name) => name !== null);
    const statuses = this.#files.statusesIn(parent, there);
    const byName = new Map(there.map((name, index) => [name, statuses[index] ?? null]));
    return found.map((name) => (name === null ? null : (byName.get(name) ?? null)));
  }

  list(names: Names): readonly ListedName[] {
    return this.#listing(this.#real(names)).listed;
  }

  readLink(names: Names): string {
    return this.#files.readLink(this.#real(names));
  }

  openFile(names: Names, options: OpenOptions): OpenFile {
    return this.#files.openFile(this.#real(names), options);
  }

  createFile(names: Names, mode: number): OpenFile {
    return this.#changed(() => this.#files.createFile(this.#free(names), mode));
  }

  makeDirectory(names: Names, mode: number): void {
    this.#changed(() => this.#files.makeDirectory(this.#free(names), mode));
  }

  makeSymlink(names: Names, target: string): void {
    this.#changed(() => this.#files.makeSymlink(this.#free(names), target));
  }

  makeHardLink(existing: Names, names: Names): void {
    this.#changed(() => this.#files.makeHardLink(this.#real(existing), this.#free(names)));
  }

  removeFile(names: Names): void {
    this.#changed(() => this.#files.removeFile(this.#real(names)));
  }

  removeDirectory(names: Names): void {
    this.#changed(() => this.#files.removeDirectory(this.#real(names)));
  }

  rename(from: Names, to: Names, options: RenameOptions): void {
    const source = this.#real(from);
    const target = this.#free(to);
    const there = statusIfThere(this.#files, target);
    const isOwnName = there !== null && there.ino === this.#files.status(source).ino;
    // To the guest, this would replace a file of another name.
    if (there && !isOwnName && !this.#isListed(to)) throw new Errno('EEXIST');
    // Renaming a file to another spelling of its own name replaces nothing.
    const onExisting = isOwnName && options.onExisting === 'keep' ? 'replace' : options.onExisting;
    this.#changed(() => this.#files.rename(source, target, { onExisting }));
  }

  setMode(names: Names, mode: number): void {
    this.#files.setMode(this.#real(names), mode);
  }

  setTimes(names: Names, times: FileTimes): void {
    this.#files.setTimes(this.#real(names), times);
  }

  space(): FreeSpace {
    return this.#files.space();
  }

  close(): void {
    this.#files.close();
  }

  /** Names as they are on the disk. @throws Errno `ENOENT` when a name isn't listed in exactly this spelling */
  #real(names: Names): Names {
    const real: string[] = [];
    for (const name of names) {
      const found = this.#listing(real).real.get(shown(name));
      if (found === undefined) throw new Errno('ENOENT');
      real.push(found);
    }
    return real;
  }

  /** A name to create or to replace, in the disk's spelling if it exists. */
  #free(names: Names): Names {
    const { parent, name } = splitNames(names);
    const real = this.#real(parent);
    return [...real, this.#listing(real).real.get(shown(name)) ?? name];
  }

  #isListed(names: Names): boolean {
    const { parent, name } = splitNames(names);
    return this.#listing(this.#real(parent)).real.has(shown(name));
  }

  #listing(directory: Names): Listing {
    const status = this.#files.status(directory);
    const isRecent = BigInt(Date.now()) * 1_000_000n - status.mtimeNs < coarseNs;
    const stamp = stampOf(status);
    const key = directory.join('/');
    const known = this.#listings.get(key);
    this.#listings.delete(key);
    const listing = known?.stamp === stamp && !isRecent ? known : listingOf(stamp, this.#files.list(directory));
    this.#listings.set(key, listing);
    for (const oldest of this.#listings.keys()) {
      if (this.#listings.size <= maxListings) break;
      this.#listings.delete(oldest);
    }
    return listing;
  }

  #changed<T>(act: () => T): T {
    try {
      return act();
    } finally {
      this.#listings.clear();
    }
  }
}

const shown = (name: string): string => name.normalize('NFC');

/** When two names would be shown alike (possible on disks that fold only case), the first one wins. */
function listingOf(stamp: string, names: readonly ListedName[]): Listing {
  const real = new Map<string, string>();
  const listed: ListedName[] = [];
  for (const { name, kind } of names) {
    if (real.has(shown(name))) continue;
    real.set(shown(name), name);
    listed.push({ name: shown(name), kind });
  }
  return { stamp, real, listed };
}
