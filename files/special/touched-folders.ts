/** When special files were last made, moved or removed in a folder: on the host, its times didn't change with that. */
import type { FileStatus, Names } from '../folder/folder-files';

export class TouchedFolders {
  readonly #times = new Map<string, bigint>();
  #last = 0n;

  /** Nanoseconds since the epoch, later each time */
  now(): bigint {
    const now = BigInt(Date.now()) * 1_000_000n;
    this.#last = now > this.#last ? now : this.#last + 1000n;
    return this.#last;
  }

  touch(folder: Names): void {
    this.#times.set(folder.join('/'), this.now());
  }

  forget(folder: Names): void {
    this.#times.delete(folder.join('/'));
  }

  /** The status as the guest should see it. */
  seen(names: Names, status: FileStatus): FileStatus {
    if (this.#times.size === 0 || status.kind !== 'directory') return status;
    const touched = this.#times.get(names.join('/')) ?? 0n;
    if (status.mtimeNs >= touched) return status;
    return { ...status, mtimeNs: touched, ctimeNs: status.ctimeNs > touched ? status.ctimeNs : touched };
  }
}
