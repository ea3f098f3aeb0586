/** An open file of an overlay: reads the folder's own file until somebody changes it, then the copy in the store. */
import type { FileStatus, FileTimes, OpenFile } from '../folder/folder-files';

/** Shared by all who have the same file open. */
export interface FileSource {
  /** Incremented by the copy; whoever opened the file before opens it again */
  readonly version: number;
  open(): OpenFile;
  /** Copies it into the store unless it is already there. */
  makeOwn(): void;
  /** Status as the overlay shows it */
  show(status: FileStatus): FileStatus;
  changed(): void;
}

export class OverlayFile implements OpenFile {
  #file: OpenFile;
  #version: number;

  constructor(private readonly source: FileSource) {
    this.#file = source.open();
    this.#version = source.version;
  }

  status(): FileStatus {
    return this.source.show(this.#current().status());
  }

  read(target: Uint8Array, position: number): number {
    return this.#current().read(target, position);
  }

  write(bytes: Uint8Array, position: number): void {
    this.#own().write(bytes, position);
    this.source.changed();
  }

  setSize(size: number): void {
    this.#own().setSize(size);
    this.source.changed();
  }

  setMode(mode: number): void {
    this.#own().setMode(mode);
    this.source.changed();
  }

  setTimes(times: FileTimes): void {
    this.#own().setTimes(times);
    this.source.changed();
  }

  sync(): Promise<void> {
    return this.#current().sync();
  }

  close(): void {
    this.#file.close();
  }

  #own(): OpenFile {
    this.source.makeOwn();
    return this.#current();
  }

  #current(): OpenFile {
    if (this.#version === this.source.version) return this.#file;
    const next = this.source.open();
    this.#file.close();
    this.#file = next;
    this.#version = this.source.version;
    return next;
  }
}
