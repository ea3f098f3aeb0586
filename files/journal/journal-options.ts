/** What a journal is opened with, and the events it reports. */
import type { TurnSummary } from '../../schema/file-changes';
import type { FolderFiles } from '../folder/folder-files';
import type { Disk } from './disk';
import type { KeepLimits, KeepWarning } from './keeper';
import type { LogSetAside } from './turn-log';
import type { Soon } from './turn-news';

export interface JournalLimits extends KeepLimits {
  /** Total of what is kept for a task, in bytes. Over the limit, what the oldest turns keep is removed first */
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
  /** Real path on the host; `null` when the folder isn't on the host */
  readonly path: string | null;
}

export interface JournalOptions {
  /** By name of area */
  readonly areas: Readonly<Record<string, JournaledArea>>;
  readonly limits?: Partial<JournalLimits>;
  /** Whether a change that destroys something first waits for the disk, to survive a power cut. Default true */
  readonly isSynced?: boolean;
  /** Default: this system's */
  readonly disk?: Disk;
  readonly now?: () => number;
  /** Runs the listeners a moment later, once for all changes until then */
  readonly soon?: Soon;
}

export type JournalWarning =
  | ({ readonly type: 'not-kept'; readonly area?: string } & KeepWarning)
  | ({ readonly type: 'set-aside' } & LogSetAside);

/** A turn with the session entry after which it began */
export type JournaledTurn = Omit<TurnSummary, 'of'> & {
  readonly leaf: string | null;
  readonly of: readonly number[];
};

export interface TurnNames {
  readonly leaf: string | null;
  readonly promptId: string | null;
}
