/** The file of a turn's records: appended line by line; a torn last line is dropped, any other damage sets it aside. */
import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Errno, errnoOf } from '../errno';
import { encodeRecord, journalRecord, type JournalRecord } from './records';

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

/** @throws Error naming the line that cannot be read; a torn last line is no error */
export function parseLog(bytes: Buffer): ReadLog {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.toString('utf8', 0, length).split('\n').slice(0, -1);
  const records = lines.map((line, index) => {
    try {
      const record = journalRecord.parse(JSON.parse(line));
      if (record.seq !== index) throw new Error(`expected record ${index}, found ${record.seq}`);
      return record;
    } catch (error) {
      throw new Error(`line ${index + 1}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
  if (records.length > 0 && records[0]?.type !== 'begin') throw new Error('line 1: a log starts with its beginning');
  return { records, length };
}

/** Reads a log; one that is damaged is renamed and named. */
export function readLog(path: string, now: () => number = Date.now): ReadLog | LogSetAside {
  const bytes = readFileSync(path);
  try {
    return parseLog(bytes);
  } catch (error) {
    const aside = `${path}.bad-${now()}`;
    renameSync(path, aside);
    return { path: aside, reason: error instanceof Error ? error.message : String(error) };
  }
}

export class TurnLog {
  readonly #fd: number;
  /** Directories whose names are not known to be on the disk yet */
  readonly #unsynced: Set<string>;
  #length: number;
  #isClosed = false;
  #flushing: Promise<void> | null = null;
  #isStale = false;

  /**
   * Opens the log to append to it; what lies behind `length` is cut off.
   * @param directories that lead to it and are new: they are on the disk when the first flush is over
   */
  constructor(path: string, length: number, directories: readonly string[] = []) {
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
      syncDirectory(path);
      this.#unsynced.delete(path);
    }
    fdatasyncSync(this.#fd);
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

function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
