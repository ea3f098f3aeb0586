/** The folders of a task's turns on the disk: `turns/<number>/ops.jsonl` and `turns/<number>/kept/`. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { encodeRecord, type JournalRecord, type RecordOf } from './records';
import { parseLog, readLog, type LogSetAside, type OnContent } from './turn-log';

export interface TurnOnDisk {
  readonly turn: number;
  readonly begin: RecordOf<'begin'>;
  readonly records: readonly JournalRecord[];
  /** Of the log, in bytes */
  readonly length: number;
}

export class TurnFolders {
  readonly path: string;
  /** How many bytes each turn kept when last counted. For turns that have ended, it only shrinks */
  readonly #counted = new Map<number, number>();

  /** @param folder of the journal; created when it is missing */
  constructor(folder: string) {
    this.path = join(folder, 'turns');
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
  }

  /** Numbers of all turns, oldest first */
  numbers(): readonly number[] {
    return readdirSync(this.path)
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number)
      .sort((one, other) => one - other);
  }

  logPath(turn: number): string {
    return join(this.path, `${turn}`, 'ops.jsonl');
  }

  /** Creates the folder of a new turn. */
  make(turn: number): void {
    mkdirSync(join(this.path, `${turn}`, 'kept'), { recursive: true, mode: 0o700 });
  }

  /** Directories that must be on the disk for a turn to be found, innermost first. */
  toSync(turn: number): readonly string[] {
    // Windows has no directory handle to sync.
    return process.platform === 'win32' ? [] : [join(this.path, `${turn}`), this.path];
  }

  /** `null` for a turn that ended before its first line was written. */
  read(turn: number, onContent?: OnContent): TurnOnDisk | LogSetAside | null {
    if (!existsSync(this.logPath(turn))) return null;
    const log = readLog(this.logPath(turn), { onContent });
    if ('reason' in log) return log;
    const [begin] = log.records;
    return begin?.type === 'begin' ? { turn, begin, ...log } : null;
  }

  /** Bytes that a turn keeps. */
  keptBytes(turn: number): number {
    const folder = join(this.path, `${turn}`, 'kept');
    if (!existsSync(folder)) return 0;
    return readdirSync(folder).reduce((sum, name) => {
      return sum + (lstatSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
    }, 0);
  }

  hasKept(turn: number): boolean {
    return existsSync(join(this.path, `${turn}`, 'kept'));
  }

  /** Removes what a turn keeps. Its log stays: it says what the agent created and lists the changes. */
  dropKept(turn: number): void {
    this.#dropBytes(turn);
    rmSync(join(this.path, `${turn}`, 'kept'), { recursive: true, force: true });
    this.#counted.delete(turn);
  }

  /** Sets how much a turn has kept when it ends, so that its files needn't be looked at. */
  setKeptBytes(turn: number, bytes: number): void {
    this.#counted.set(turn, bytes);
  }

  /** Removes what turns keep, oldest first, until the total is at most `maxBytes`. */
  prune(maxBytes: number, current: number | null): readonly number[] {
    const numbers = this.numbers();
    const known = numbers.map((turn) => this.#counted.get(turn) ?? this.#count(turn));
    if (known.reduce((sum, bytes) => sum + bytes, 0) <= maxBytes) return [];
    const turns = numbers.map((turn) => ({ turn, bytes: this.#count(turn) }));
    let total = turns.reduce((sum, { bytes }) => sum + bytes, 0);
    const dropped: number[] = [];
    for (const { turn, bytes } of turns) {
      if (total <= maxBytes) break;
      if (turn === current || !this.hasKept(turn)) continue;
      this.dropKept(turn);
      total -= bytes;
      dropped.push(turn);
    }
    return dropped;
  }

  /** Removes the content bytes in the log too. */
  #dropBytes(turn: number): void {
    const path = this.logPath(turn);
    const log = existsSync(path) ? readFileSync(path) : null;
    // In a text value, the quotes would be escaped, so this can't match there.
    if (!log?.includes('"bytes":"')) return;
    writeFileSync(`${path}.new`, parseLog(log).records.map(encodeRecord).join(''), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  #count(turn: number): number {
    const bytes = this.keptBytes(turn);
    this.#counted.set(turn, bytes);
    return bytes;
  }
}
