/** The file of a turn's records: appended line by line; a torn last line is dropped, any other damage sets it aside. */
import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Errno, errnoOf } from '../folder/errno';
import { systemDisk, type Disk } from './disk';
import { encodeRecord, journalRecord, type JournalRecord, type RecordOf } from './records';

/** Is told records of content with the bytes that they carry, which are not held afterwards. */
export type OnContent = (record: RecordOf<'content'>) => void;

const flush = promisify(fdatasync);

export interface ReadLog {
  readonly records: readonly JournalRecord[];
  /** Where the last whole line ends, in bytes */
  readonly length: number;
}

/** What a log cannot be read for; the file lies at `path` now. */
export interface LogSetAside {
  readonly path: string;
  readonly reason: string;
}

/**
 * Reads the lines of a log; records are returned without the bytes that some carry.
 * @throws Error naming the line that cannot be read; a torn last line is no error
 */
export function parseLog(bytes: Buffer, onContent?: OnContent): ReadLog {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.toString('utf8', 0, length).split('\n').slice(0, -1);
  const records = lines.map((line, index) => {
    try {
      const record = journalRecord.parse(JSON.parse(line));
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

/** Reads a log; one that is damaged is renamed and named. */
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
  /** Where the last whole line ends, in bytes; what lies behind it is cut off */
  readonly length: number;
  /** New ones that lead to the log: they are on the disk when the first flush is over */
  readonly directories?: readonly string[];
  readonly disk?: Disk | undefined;
}

export class TurnLog {
  readonly #fd: number;
  readonly #disk: Disk;
  /** Directories whose names are not known to be on the disk yet */
  readonly #unsynced: Set<string>;
  #length: number;
  #isClosed = false;
  #flushing: Promise<void> | null = null;
  #isStale = false;

  /** Opens the log to append to it. */
  constructor(path: string, { length, directories = [], disk = systemDisk }: TurnLogOptions) {
    this.#disk = disk;
    this.#unsynced = new Set(directories);
    this.#fd = openSync(path, length === 0 ? 'wx' : 'r+', 0o600);
    this.#length = length;
    if (fstatSync(this.#fd).size > length) ftruncateSync(this.#fd, length);
  }

  /** @throws Errno, and leaves no part of the records, so that the next one does not grow together with a torn one */
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

  /** Starts to bring what was appended to the disk, one flush at a time. */
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
        // A disk that fails says so at the next write, which is refused then.
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
