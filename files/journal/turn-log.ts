/**
 * The file of a turn's records, appended line by line. A torn last line is dropped; any other damage moves the file
 * aside.
 */
import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Errno, errnoOf } from '../folder/errno';
import { systemDisk, type Disk } from './disk';
import { decodeRecord, encodeRecord, type JournalRecord, type RecordOf } from './records';

/** Receives content records with their bytes, which aren't kept in memory afterwards. */
export type OnContent = (record: RecordOf<'content'>) => void;

const flush = promisify(fdatasync);

export interface ReadLog {
  readonly records: readonly JournalRecord[];
  /** Where the last complete line ends, in bytes */
  readonly length: number;
}

/** Why a log can't be read; the file is now at `path`. */
export interface LogSetAside {
  readonly path: string;
  readonly reason: string;
}

/**
 * Parses a log. The records it returns don't include the bytes.
 * @throws Error naming the unreadable line; a torn last line isn't an error
 */
export function parseLog(bytes: Buffer, onContent?: OnContent): ReadLog {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.toString('utf8', 0, length).split('\n').slice(0, -1);
  const records = lines.map((line, index) => {
    try {
      const record = decodeRecord(line);
      if (record.seq !== index) throw new Error(`expected record ${index}, found ${record.seq}`);
      if (record.type !== 'content' || record.bytes === undefined) return record;
      onContent?.(record);
      return withoutBytes(record);
    } catch (error) {
      throw new Error(`line ${index + 1}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
  if (records.length > 0 && records[0]?.type !== 'begin') throw new Error('line 1: a log starts with its beginning');
  return { records, length };
}

const withoutBytes = ({ bytes: _bytes, ...record }: RecordOf<'content'>): RecordOf<'content'> => record;

export interface ReadLogOptions {
  readonly onContent?: OnContent | undefined;
  readonly now?: () => number;
}

/** Reads a log. A damaged one is renamed, and its new path returned. */
export function readLog(path: string, { onContent, now = Date.now }: ReadLogOptions = {}): ReadLog | LogSetAside {
  const bytes = readFileSync(path);
  try {
    return parseLog(bytes, onContent);
  } catch (error) {
    const aside = `${path}.bad-${now()}`;
    renameSync(path, aside);
    return { path: aside, reason: error instanceof Error ? error.message : String(error) };
  }
}

export interface TurnLogOptions {
  /** Where the last complete line ends, in bytes; anything after it is cut off */
  readonly length: number;
  /** New directories above the log: they are on the disk after the first flush */
  readonly directories?: readonly string[];
  readonly disk?: Disk | undefined;
}

export class TurnLog {
  readonly #fd: number;
  readonly #disk: Disk;
  /** Directories whose names may not be on the disk yet */
  readonly #unsynced: Set<string>;
  #length: number;
  #isClosed = false;
  #flushing: Promise<void> | null = null;
  #isStale = false;

  /** Opens the log for appending. */
  constructor(path: string, { length, directories = [], disk = systemDisk }: TurnLogOptions) {
    this.#disk = disk;
    this.#unsynced = new Set(directories);
    this.#fd = openSync(path, length === 0 ? 'wx' : 'r+', 0o600);
    this.#length = length;
    if (fstatSync(this.#fd).size > length) ftruncateSync(this.#fd, length);
  }

  /** @throws Errno, and removes any partly written records, so that the next one doesn't follow a torn one */
  append(records: readonly JournalRecord[]): void {
    if (records.length === 0) return;
    const bytes = Buffer.from(records.map(encodeRecord).join(''), 'utf8');
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.#fd, bytes, done, bytes.length - done, this.#length + done);
      }
    } catch (error) {
      ftruncateSync(this.#fd, this.#length);
      throw new Errno(errnoOf(error));
    }
    this.#length += bytes.length;
  }

  /** Returns when everything appended is on the disk. */
  sync(): void {
    for (const path of this.#unsynced) {
      this.#syncDirectory(path);
      this.#unsynced.delete(path);
    }
    this.#disk.flushData(this.#fd);
  }

  /** Starts writing appended records to the disk, one flush at a time. */
  flushSoon(): void {
    this.#isStale = true;
    this.#flushing ??= this.#flush();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#flushing) void this.#flushing.then(() => closeSync(this.#fd));
    else closeSync(this.#fd);
  }

  async #flush(): Promise<void> {
    while (this.#isStale && !this.#isClosed) {
      this.#isStale = false;
      try {
        await this.#syncDirectories();
        await flush(this.#fd);
      } catch (error) {
        // A failing disk is reported by the next write, which is then refused.
        errnoOf(error);
      }
    }
    this.#flushing = null;
  }

  #syncDirectory(path: string): void {
    const fd = openSync(path, 'r');
    try {
      this.#disk.flushAll(fd);
    } finally {
      closeSync(fd);
    }
  }

  async #syncDirectories(): Promise<void> {
    for (const path of this.#unsynced) {
      const directory = await open(path, 'r');
      try {
        await directory.sync();
        this.#unsynced.delete(path);
      } finally {
        await directory.close();
      }
    }
  }
}
