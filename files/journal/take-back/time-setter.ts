/** Restores modes and times of many files, through handles that no rename can redirect. */
import { chmodSync, closeSync, constants, openSync, utimesSync } from 'node:fs';
import { O_PATH } from '../../confined/directory-handles';
import { secondsOf } from '../../confined/set-times';
import type { SystemPath } from '../../confined/safe-paths';
import { errnoOf } from '../../folder/errno';
import type { Names } from '../../folder/folder-files';
import { statusIfThere } from '../../folder/status-if-there';
import type { Journal } from '../journal';
import type { Was } from '../records';
import type { TimesOf } from '../../times/programs';
import type { SetTimes } from '../../times/times-program';

/** How many handles are open at a time */
const batchSize = 200;

interface Target {
  readonly area: string;
  readonly names: Names;
  readonly was: Was;
}

interface Handle {
  /** The path for other programs */
  readonly path: string;
  close(): void;
}

export class TimeSetter {
  readonly #journal: Journal;
  readonly #setTimes: SetTimes;
  readonly #kept: (TimesOf & { readonly atimeNs: bigint; readonly mtimeNs: bigint })[] = [];
  readonly #targets: Target[] = [];
  readonly #folders: Target[] = [];
  readonly #modes: Target[] = [];
  #isExact = true;

  constructor(journal: Journal, setTimes: SetTimes) {
    this.#journal = journal;
    this.#setTimes = setTimes;
  }

  /** Whether all times were set to the nanosecond. */
  get isExact(): boolean {
    return this.#isExact;
  }

  get isFull(): boolean {
    return this.#targets.length >= batchSize;
  }

  /** A file in the store. */
  addKept(path: string, { atimeNs, mtimeNs }: Was): void {
    this.#kept.push({ path, atimeNs: BigInt(atimeNs), mtimeNs: BigInt(mtimeNs) });
  }

  /** Times of a file or directory, set at the next `flush`. */
  add(area: string, names: Names, was: Was): void {
    (was.kind === 'directory' ? this.#folders : this.#targets).push({ area, names, was });
  }

  /** The mode of a directory, set at the end. */
  addMode(area: string, names: Names, was: Was): void {
    this.#modes.push({ area, names, was });
  }

  setMode(area: string, names: Names, mode: number): void {
    const { entries, files } = this.#journal.area(area);
    this.#journal.folder(area).setMeta(names, { mode }, () => {
      const handle = entries && openHandle(entries.path(names));
      if (!handle) return files.setMode(names, mode);
      try {
        // Includes special bits, which the guest may not set.
        chmodSync(handle.path, mode);
      } finally {
        handle.close();
      }
    });
  }

  async flush(): Promise<void> {
    await this.#flushKept();
    await this.#flushTargets(this.#targets.splice(0));
  }

  /** Comes last: directories, because any other change alters their times. */
  async end(): Promise<void> {
    await this.flush();
    for (let folders = this.#folders.splice(0, batchSize); folders.length > 0;) {
      await this.#flushTargets(folders);
      folders = this.#folders.splice(0, batchSize);
    }
    for (const { area, names, was } of this.#modes.splice(0).reverse()) {
      if (statusIfThere(this.#journal.area(area).files, names)) this.setMode(area, names, was.mode);
    }
  }

  async #flushKept(): Promise<void> {
    const items = this.#kept.splice(0);
    if (items.length === 0) return;
    const done = await this.#setTimes(items);
    for (const [index, { path, atimeNs, mtimeNs }] of items.entries()) {
      if (done?.[index]) continue;
      this.#isExact = false;
      utimesSync(path, secondsOf(atimeNs), secondsOf(mtimeNs));
    }
  }

  async #flushTargets(all: readonly Target[]): Promise<void> {
    const targets = all.filter(({ area, names, was }) => {
      const status = statusIfThere(this.#journal.area(area).files, names);
      return status !== null && `${status.mtimeNs}` !== was.mtimeNs;
    });
    const opened = targets.map((target) => ({ ...target, handle: this.#open(target) }));
    try {
      for (const { area, names, was } of targets) {
        this.#journal.folder(area).announceTimes(names, was.mtimeNs);
      }
      const exact = opened.filter(({ handle }) => handle !== null);
      const done = await this.#setTimes(
        exact.map(({ handle, was }) => ({
          path: handle?.path ?? '',
          atimeNs: BigInt(was.atimeNs),
          mtimeNs: BigInt(was.mtimeNs),
        })),
      );
      const isDone = new Map(exact.map((target, index) => [target, done?.[index] === true]));
      for (const target of opened) {
        if (isDone.get(target) !== true) this.#setRoughly(target);
        this.#journal.folder(target.area).changed(target.names);
      }
    } finally {
      for (const { handle } of opened) handle?.close();
    }
  }

  #setRoughly({ area, names, was }: Target): void {
    this.#isExact = false;
    try {
      const times = { atimeNs: BigInt(was.atimeNs), mtimeNs: BigInt(was.mtimeNs) };
      this.#journal.area(area).files.setTimes(names, times);
    } catch (error) {
      // A disk that can't set them, or a file that somebody else moved away: times aren't worth failing for.
      errnoOf(error);
    }
  }

  #open({ area, names }: Target): Handle | null {
    const { entries } = this.#journal.area(area);
    return entries && openHandle(entries.path(names));
  }
}

function openHandle(path: SystemPath): Handle | null {
  if (process.platform !== 'linux') return null;
  const fd = openSync(path, O_PATH | constants.O_NOFOLLOW);
  return { path: `/proc/${process.pid}/fd/${fd}`, close: () => closeSync(fd) };
}
