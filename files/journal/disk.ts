/** Which data waits for the disk: what must survive a power cut. */
import { fdatasyncSync, fsync, fsyncSync } from 'node:fs';
import { promisify } from 'node:util';

/** Each call returns when the data is on the disk. @throws the system's error */
export interface Disk {
  /** Flushes the content of an open file, and what is needed to read it */
  flushData(fd: number): void;
  /** Like `flushData`, with all metadata of the file; for a directory, its names */
  flushAll(fd: number): void;
  /** Like `flushAll`, without blocking */
  flushBeside(fd: number): Promise<void>;
}

export const systemDisk: Disk = { flushData: fdatasyncSync, flushAll: fsyncSync, flushBeside: promisify(fsync) };
