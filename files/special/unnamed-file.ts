/** An open file that is removed when it is closed, if it has no name by then. */
import type { FileStatus, FileTimes, OpenFile } from '../folder/folder-files';

export class UnnamedFile implements OpenFile {
  constructor(
    private readonly file: OpenFile,
    private readonly hasNoName: () => boolean,
    private readonly remove: () => void,
  ) {}

  status(): FileStatus {
    const status = this.file.status();
    return this.hasNoName() ? { ...status, links: 0 } : status;
  }

  read(target: Uint8Array, position: number): number {
    return this.file.read(target, position);
  }

  write(bytes: Uint8Array, position: number): void {
    this.file.write(bytes, position);
  }

  setSize(size: number): void {
    this.file.setSize(size);
  }

  setMode(mode: number): void {
    this.file.setMode(mode);
  }

  setTimes(times: FileTimes): void {
    this.file.setTimes(times);
  }

  sync(): Promise<void> {
    return this.file.sync();
  }

  close(): void {
    try {
      if (this.hasNoName()) this.remove();
    } finally {
      this.file.close();
    }
  }
}
