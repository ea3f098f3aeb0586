/** Files as our last change left them, and which of them the agent created in this task. */
import type { FileStatus } from '../folder/folder-files';
import { anyTime, identityIn, identityOf, inoOf, isSame, type Identity } from './file-identity';
import { withoutFailed, type JournalRecord } from './records';

interface Known {
  readonly identity: Identity;
  readonly isOwn: boolean;
}

/** The key leaves the device number out: it can change at a restart. The identity reveals a mix-up. */
const keyOf = (area: string, ino: string): string => `${area}/${ino}`;

export class KnownFiles {
  readonly #known = new Map<string, Known>();
  readonly #open = new Map<string, number>();
  /** Written to and not closed: the identity still changes */
  readonly #busy = new Map<string, number>();

  read(records: readonly JournalRecord[]): void {
    for (const record of withoutFailed(records)) {
      if (record.type === 'drop' && (record.was.links <= 1 || record.was.kind === 'directory')) {
        this.#known.delete(keyOf(record.area, inoOf(record.was.file)));
      }
      if (record.type === 'loose') this.#loosen(keyOf(record.area, inoOf(record.file)));
      if (record.type !== 'after') continue;
      const known = { identity: identityIn(record), isOwn: record.isOwn === true };
      this.#known.set(keyOf(record.area, known.identity.ino), known);
    }
  }

  identity(area: string, ino: string): Identity | null {
    return this.#known.get(keyOf(area, ino))?.identity ?? null;
  }

  /** Whether the file is exactly as our last change left it and nobody is writing to it. */
  isLast(area: string, identity: Identity): boolean {
    const key = keyOf(area, identity.ino);
    const last = this.#known.get(key)?.identity;
    if (!last || this.#busy.has(key)) return false;
    return last.ctimeNs !== anyTime && identity.ctimeNs !== anyTime && isSame(last, identity);
  }

  /** Whether the agent created it in this task and nobody else changed it since. */
  isOwn(area: string, status: FileStatus): boolean {
    const key = keyOf(area, `${status.ino}`);
    const known = this.#known.get(key);
    if (known?.isOwn !== true) return false;
    return this.#busy.has(key) || isSame(known.identity, identityOf(status));
  }

  /** Like `isOwn`, even if it was changed since. */
  wasOwn(area: string, status: FileStatus): boolean {
    return this.#known.get(keyOf(area, `${status.ino}`))?.isOwn === true;
  }

  /** Records what a file is after our change. When `isOwn` is left out, it keeps its value. */
  note(area: string, status: FileStatus, isOwn?: boolean): void {
    const key = keyOf(area, `${status.ino}`);
    this.#known.set(key, { identity: identityOf(status), isOwn: isOwn ?? this.#known.get(key)?.isOwn ?? false });
  }

  /** Like `note`, for a file that is already known. */
  refresh(area: string, status: FileStatus): void {
    if (this.#known.has(keyOf(area, `${status.ino}`))) this.note(area, status);
  }

  /** For a file that got or lost a name, which changes its ctime. */
  loosen(area: string, status: FileStatus): void {
    this.#loosen(keyOf(area, `${status.ino}`));
  }

  /** For a file that is gone: its number may soon belong to another. */
  forget(area: string, status: FileStatus): void {
    this.#known.delete(keyOf(area, `${status.ino}`));
  }

  /** Counts how many have it open for writing. */
  setOpen(area: string, status: FileStatus, isOpen: boolean): void {
    count(this.#open, keyOf(area, `${status.ino}`), isOpen);
  }

  isOpen(area: string, status: FileStatus): boolean {
    return this.#open.has(keyOf(area, `${status.ino}`));
  }

  /** Counts how many are writing: from the first byte until it is closed. */
  setBusy(area: string, status: FileStatus, isBusy: boolean): void {
    count(this.#busy, keyOf(area, `${status.ino}`), isBusy);
  }

  isBusy(area: string, status: FileStatus): boolean {
    return this.#busy.has(keyOf(area, `${status.ino}`));
  }

  #loosen(key: string): void {
    const known = this.#known.get(key);
    if (known) this.#known.set(key, { ...known, identity: { ...known.identity, ctimeNs: anyTime } });
  }
}

function count(counts: Map<string, number>, key: string, isMore: boolean): void {
  const now = (counts.get(key) ?? 0) + (isMore ? 1 : -1);
  if (now > 0) counts.set(key, now);
  else counts.delete(key);
}
