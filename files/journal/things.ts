/** Names and the files that they stand for, as a name tree has them. */
import type { FileKind } from '../folder/folder-files';
import type { Identity } from './file-identity';
import type { KeptId, Was } from './records';

export interface Slot {
  readonly parent: Thing;
  readonly name: string;
}

/** What names stand for: one file, however many names it has. */
export interface Body {
  readonly kind: FileKind;
  /** Was not there before these records */
  readonly isNew: boolean;
  /** By these records, and not brought back */
  isMade: boolean;
  /** `null` as long as no record said it */
  file: string | null;
  was: Was | null;
  versionBefore: string;
  /** Its bytes; the same text stands for the same bytes */
  version: string;
  mode: number | null;
  mtimeNs: string | null;
  after: Identity | null;
  isOwn: boolean;
  isMixed: boolean;
  /** All names that it has or had */
  readonly things: Set<Thing>;
}

/** One name of a file, where it was before the records and where it is after them. */
export interface Thing {
  readonly id: number;
  readonly area: string;
  readonly origin: Slot | null;
  place: Slot | null;
  body: Body;
  /** The dropped file itself, or a copy of it */
  kept: KeptId | null;
  /** Entries of a directory that records touched; `null` for one that is not there now */
  readonly entries: Map<string, Thing | null>;
}
