/** What the bridge knows of the session under way, as plain data with pure steps. */
import type { Facts } from '../behaviour/evaluate/facts';
import type { Act } from '../behaviour/vocabulary/acts';
import { emptyCounts, type Counts } from '../behaviour/vocabulary/counters';
import type { BridgeInit } from '../../schema/generated/pi-api';

/** A file that a call was about to change, and was let. */
export type LedgerLine = Pick<Act, 'kind' | 'path' | 'target'>;

export interface SessionState {
  readonly id: string;
  readonly harness: string;
  /** Absolute path in the sandbox */
  readonly cwd: string;
  readonly places: Facts['places'];
  readonly counts: Counts;
  /** No prompt was put to the model before; it is not one that is gone on with */
  readonly isFirst: boolean;
  /** What was in the folder at the first prompt; the same for all, so that what the model is told stays the same */
  readonly listing: string | null;
  /** Of the turn under way */
  readonly ledger: readonly LedgerLine[];
}

const ledgerCap = 1000;
const changing: ReadonlySet<Act['kind']> = new Set(['delete', 'move', 'rename', 'overwrite', 'create', 'change']);

/** A session that has just begun. The harness is known with `describe`, whether it is the first one a little later. */
export function newSession({ sessionId, cwd, folders }: BridgeInit): SessionState {
  const { work = null, outputs = null, uploads = null } = folders;
  return {
    ...{ id: sessionId, harness: '', cwd, counts: emptyCounts, isFirst: false, listing: null, ledger: [] },
    places: { folder: work, outputs, uploads, temp: '/tmp' },
  };
}

/** With what a call that was let through is about to do. */
export const withActs = (state: SessionState, acts: readonly Act[]): SessionState => ({
  ...state,
  ledger: [
    ...state.ledger,
    ...acts.filter(({ kind }) => changing.has(kind)).map(({ kind, path, target }) => ({ kind, path, target })),
  ].slice(0, ledgerCap),
});

export const afterPrompt = (state: SessionState, listing: string): SessionState => ({
  ...state,
  ...{ isFirst: false, listing, ledger: [] },
});
