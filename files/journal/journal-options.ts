/** What a journal is opened with, and what it says of itself. */
import type { TurnSummary } from '../../schema/file-changes';
import type { FolderFiles } from '../folder/folder-files';
import type { Disk } from './disk';
import type { KeepLimits, KeepWarning } from './keeper';
import type { LogSetAside } from './turn-log';

export interface JournalLimits extends KeepLimits {
  /** Of everything kept for a task, in bytes; the oldest turns are let go of first */
  readonly maxTaskBytes: number;
}

export const defaultJournalLimits: JournalLimits = {
  maxFileBytes: 512 * 1024 ** 2,
  maxTurnBytes: 4 * 1024 ** 3,
  maxTaskBytes: 4 * 1024 ** 3,
};

/** A folder that the task may change. */
export interface JournaledArea {
  readonly files: FolderFiles;
  /** Real path on the host; `null` when the folder is none of the host's own */
  readonly path: string | null;
}

export interface JournalOptions {
  /** By name of area */
  readonly areas: Readonly<Record<string, JournaledArea>>;
  readonly limits?: Partial<JournalLimits>;
  /** Whether a change that destroys something waits for the disk, for the sake of a power cut. Default true */
  readonly isSynced?: boolean;
  /** The system's by default */
  readonly disk?: Disk;
  readonly now?: () => number;
  /** Runs what tells listeners, some time later; once for all that happens meanwhile */
  readonly soon?: (run: () => void) => void;
}

export type JournalWarning =
  | ({ readonly type: 'not-kept'; readonly area?: string } & KeepWarning)
  | ({ readonly type: 'set-aside' } & LogSetAside);

/** A turn with the entry of the session after which it began */
export type JournaledTurn = Omit<TurnSummary, 'of'> & {
  readonly turnId: string | null;
  readonly of: readonly number[];
};

export interface TurnNames {
  readonly turnId: string | null;
  readonly promptId: string | null;
}
