/** What waits for the disk: data that must be there after a power cut. */
import { fdatasyncSync, fsync, fsyncSync } from 'node:fs';
import { promisify } from 'node:util';

/** Each is over when it is so. @throws the system's error */
export interface Disk {
  /** Brings the content of an open file to the disk, and what is needed to read it */
  flushData(fd: number): void;
  /** As `flushData`, with all that the system says of the file; of a directory, its names */
  flushAll(fd: number): void;
  /** As `flushAll`, while others go on */
  flushBeside(fd: number): Promise<void>;
}

export const systemDisk: Disk = { flushData: fdatasyncSync, flushAll: fsyncSync, flushBeside: promisify(fsync) };
