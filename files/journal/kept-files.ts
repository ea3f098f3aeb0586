/**
 * Files kept for undo: `turns/<turn>/kept/<number>`. They are linked, moved or copied there, and the guest never sees
 * them.
 */
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { statusOf } from '../confined/node-status';
import type { SystemPath } from '../confined/safe-paths';
import { Errno, errnoOf } from '../folder/errno';
import type { FileStatus, FolderFiles, Names } from '../folder/folder-files';
import { isSparse, readPieces } from '../folder/holes';
import { systemDisk, type Disk } from './disk';
import type { HostEntries } from './host-entries';
import { KeptLinks } from './kept-links';
import type { KeptId } from './records';

const { COPYFILE_EXCL, COPYFILE_FICLONE, COPYFILE_FICLONE_FORCE, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;
/** Another file system, a file system without links, or a file that we may not link. */
const cannotLink = new Set(['EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'EOPNOTSUPP', 'ENOTSUP', 'ENOSYS', 'EINVAL']);

/** Limit of copies that aren't on the disk yet: each is an open file. */
export const maxFlushing = 64;
/** They are flushed together: one at a time, each flush would come between two changes that wait for the log. */
const flushedTogether = 32;
/** Or when no other copy came for this long, in milliseconds */
const quietMs = 500;

/** Where a file to keep is. */
export interface KeepSource {
  readonly files: FolderFiles;
  /** `null` when the folder isn't on the host: content is then read through the folder */
  readonly entries: HostEntries | null;
  readonly names: Names;
  readonly status: FileStatus;
}

export class KeptFiles {
  readonly links: KeptLinks;
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #flushing = new Set<Promise<void>>();
  /** Open files that are to be flushed soon */
  readonly #waiting: number[] = [];
  #quiet: NodeJS.Timeout | undefined;
  #turn = 0;
  #next = 1;

  /** @param folder contains one folder per turn */
  constructor(folder: string, disk: Disk = systemDisk) {
    this.#folder = folder;
    this.links = new KeptLinks(folder);
    this.#disk = disk;
  }

  /** Files kept from now on belong to this turn. */
  begin(turn: number): void {
    this.#turn = turn;
    const folder = join(this.#folder, `${turn}`, 'kept');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#next = 1 + Math.max(0, ...readdirSync(folder).map(Number).filter(Number.isInteger));
  }

  path(kept: KeptId): string {
    const slash = kept.indexOf('/');
    return `${this.#folder}${sep}${kept.slice(0, slash)}${sep}kept${sep}${kept.slice(slash + 1)}`;
  }

  /** All files that a turn kept */
  ids(turn: number): readonly KeptId[] {
    const folder = join(this.#folder, `${turn}`, 'kept');
    return existsSync(folder) ? readdirSync(folder).map((name) => `${turn}/${name}`) : [];
  }

  status(kept: KeptId): FileStatus {
    return statusOf(lstatSync(this.path(kept), { bigint: true }));
  }

  has(kept: KeptId): boolean {
    return lstatSync(this.path(kept), { throwIfNoEntry: false }) !== undefined;
  }

  /** Gives the file itself a second name here, which is free whatever its size; `null` where that is impossible. */
  link({ entries, names, status }: KeepSource): KeptId | null {
    if (!entries) return null;
    const id = this.#newId();
    try {
      linkSync(entries.path(names), this.path(id));
    } catch (error) {
      if (cannotLink.has(errnoOf(error))) return null;
      throw error;
    }
    // The person may have put another file there between the check and the link.
    const isSame = lstatSync(this.path(id), { bigint: true }).ino === status.ino;
    if (isSame) this.links.add(status);
    else unlinkSync(this.path(id));
    return isSame ? id : null;
  }

  /**
   * Moves the file itself back to a name, and replaces whatever is there. @throws Errno `EXDEV` on another file system
   */
  moveOut(kept: KeptId, entries: HostEntries | null, names: Names): void {
    if (!entries) throw new Errno('EXDEV');
    renameSync(this.path(kept), entries.path(names));
    this.links.forget();
  }

  /**
   * Copies the content, sharing blocks where the file system can. With `isSynced`, it is on the disk when this returns.
   */
  copy(source: KeepSource, isSynced: boolean): KeptId {
    const id = this.#newId();
    try {
      if (source.entries && process.platform === 'linux')
        this.#cloneOpen(source, source.entries.path(source.names), id);
      else this.#readThrough(source, id);
      if (isSynced) this.#sync(id);
      return id;
    } catch (error) {
      this.remove(id);
      throw error;
    }
  }

  /**
   * Copies a small file and returns its content. `null` when the size differs from the one seen, or when too many
   * copies still wait for the disk.
   */
  copySmall(source: KeepSource): { readonly kept: KeptId; readonly bytes: Buffer } | null {
    if (this.#isBusy()) return null;
    const bytes = readWhole(source);
    if (!bytes) return null;
    const kept = this.#newId();
    try {
      this.#write(this.path(kept), bytes, source.status.mode);
      return { kept, bytes };
    } catch (error) {
      this.remove(kept);
      throw error;
    }
  }

  /**
   * Resolves when everything kept is on the disk. A kept file must be there before it is brought back, because nothing
   * else contains its content then.
   */
  async flushed(): Promise<void> {
    this.#flushWaiting();
    await Promise.all(this.#flushing);
  }

  /** Flushes a file that may not be on the disk yet. */
  flush(kept: KeptId): void {
    this.#sync(kept);
  }

  isOfSize(kept: KeptId, size: number): boolean {
    return lstatSync(this.path(kept), { throwIfNoEntry: false })?.size === size;
  }

  /** `null` when it doesn't exist or has another size. */
  content(kept: KeptId, size: number): Buffer | null {
    return this.isOfSize(kept, size) ? readFileSync(this.path(kept)) : null;
  }

  /** Writes a kept file again. It gets its name only when it is complete. */
  restore(kept: KeptId, bytes: Uint8Array, mode: number): void {
    const beside = `${this.path(kept)}.new`;
    rmSync(beside, { force: true });
    this.#write(beside, bytes, mode);
    renameSync(beside, this.path(kept));
  }

  remove(kept: KeptId): void {
    rmSync(this.path(kept), { force: true });
    this.links.forget();
  }

  #newId(): KeptId {
    return `${this.#turn}/${this.#next++}`;
  }

  /** The file is opened first and copied by its handle: its name can be given to another file at any time. */
  #cloneOpen(source: KeepSource, path: SystemPath, id: KeptId): void {
    const { status } = source;
    const fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const { ino } = fstatSync(fd, { bigint: true });
      if (ino !== status.ino) throw Object.assign(new Error('another file has the name now'), { code: 'ESTALE' });
      const isWhole = !isSparse(status);
      try {
        const how = isWhole ? COPYFILE_FICLONE : COPYFILE_FICLONE_FORCE;
        copyFileSync(`/proc/self/fd/${fd}`, this.path(id), COPYFILE_EXCL | how);
        return;
      } catch (error) {
        if (isWhole || errnoOf(error) === 'ENOSPC') throw error;
      }
    } finally {
      closeSync(fd);
    }
    // The file system shares no blocks; Node's other copy would fill the holes.
    rmSync(this.path(id), { force: true });
    this.#readThrough(source, id);
  }

  /** Holes stay holes. */
  #readThrough({ files, names, status }: KeepSource, id: KeptId): void {
    const source = files.openFile(names, { isWritable: false });
    const target = openSync(this.path(id), 'wx', 0o600);
    try {
      const { ino, size } = source.status();
      if (ino !== status.ino) throw new Errno('ESTALE', 'another file has the name now');
      for (const { at, bytes, isHole } of readPieces(source, 0, Infinity)) {
        for (let done = 0; !isHole && done < bytes.length;) {
          done += writeSync(target, bytes, done, bytes.length - done, at + done);
        }
      }
      ftruncateSync(target, size);
    } finally {
      closeSync(target);
      source.close();
    }
  }

  /** It is flushed soon without blocking, unless too many already wait for that. */
  #write(path: string, bytes: Uint8Array, mode: number): void {
    const fd = openSync(path, 'wx', mode & 0o777);
    let isOpen = false;
    try {
      writeFileSync(fd, bytes);
      if (this.#isBusy()) return this.#disk.flushAll(fd);
      isOpen = true;
      this.#waiting.push(fd);
    } finally {
      if (!isOpen) closeSync(fd);
    }
    clearTimeout(this.#quiet);
    if (this.#waiting.length >= flushedTogether) this.#flushWaiting();
    else this.#quiet = setTimeout(() => this.#flushWaiting(), quietMs).unref();
  }

  #isBusy(): boolean {
    return this.#waiting.length + this.#flushing.size >= maxFlushing;
  }

  #flushWaiting(): void {
    clearTimeout(this.#quiet);
    for (const fd of this.#waiting.splice(0)) {
      const flushing = this.#disk
        .flushBeside(fd)
        // A failing disk is reported by the next flush that is waited for.
        .catch(errnoOf)
        .then(() => closeSync(fd))
        .finally(() => this.#flushing.delete(flushing));
      this.#flushing.add(flushing);
    }
  }

  #sync(id: KeptId): void {
    // A read-only file can be flushed all the same, except on Windows.
    const fd = openSync(this.path(id), process.platform === 'win32' ? 'r+' : 'r');
    try {
      this.#disk.flushAll(fd);
    } finally {
      closeSync(fd);
    }
  }
}

/** Through a handle that was checked to be the file seen before. */
function readWhole({ files, names, status }: KeepSource): Buffer | null {
  const file = files.openFile(names, { isWritable: false });
  try {
    if (file.status().ino !== status.ino) throw new Errno('ESTALE', 'another file has the name now');
    // One byte more than expected, to notice that the file has grown.
    const bytes = Buffer.alloc(status.size + 1);
    return file.read(bytes, 0) === status.size ? bytes.subarray(0, status.size) : null;
  } finally {
    file.close();
  }
}
