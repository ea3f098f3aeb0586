/** Names and the files behind them, as a name tree stores them. */
import type { FileKind } from '../folder/folder-files';
import type { Identity } from './file-identity';
import type { KeptId, Was } from './records';

export interface Slot {
  readonly parent: Thing;
  readonly name: string;
}

/** What names refer to: one file, however many names it has. */
export interface Body {
  readonly kind: FileKind;
  /** Didn't exist before these records */
  readonly isNew: boolean;
  /** Removed by these records, and not brought back */
  isMade: boolean;
  /** `null` until a record says it */
  file: string | null;
  was: Was | null;
  versionBefore: string;
  /** Its bytes: equal text means equal bytes */
  version: string;
  mode: number | null;
  mtimeNs: string | null;
  after: Identity | null;
  isOwn: boolean;
  isMixed: boolean;
  /** All names that it has or had */
  readonly things: Set<Thing>;
}

/** One name of a file: where it was before the records and where it is after them. */
export interface Thing {
  readonly id: number;
  readonly area: string;
  readonly origin: Slot | null;
  place: Slot | null;
  body: Body;
  /** The dropped file itself, or a copy of it */
  kept: KeptId | null;
  /** Entries that records touched, for a directory; `null` for one that no longer exists */
  readonly entries: Map<string, Thing | null>;
}
