/** What the bridge knows about the current session, as plain data with pure functions. */
import type { Facts } from '../behaviour/evaluate/facts';
import type { Act } from '../behaviour/vocabulary/acts';
import { emptyCounts, type Counts } from '../behaviour/vocabulary/counters';
import type { BridgeInit } from '../../schema/generated/pi-api';

/** A file that an allowed call was about to change. */
export type LedgerLine = Pick<Act, 'kind' | 'path' | 'target'>;

export interface SessionState {
  readonly id: string;
  readonly harness: string;
  /** Absolute path in the sandbox */
  readonly cwd: string;
  readonly places: Facts['places'];
  readonly counts: Counts;
  /** Whether the model has had no prompt yet; false for a session that is continued */
  readonly isFirst: boolean;
  /** The folder's listing at the first prompt; the same for all prompts, so that the model's context stays the same */
  readonly listing: string | null;
  /** The current turn's */
  readonly ledger: readonly LedgerLine[];
}

const ledgerCap = 1000;
const changing: ReadonlySet<Act['kind']> = new Set(['delete', 'move', 'rename', 'overwrite', 'create', 'change']);

/**
 * A session that has just begun. `describe` gives the harness; whether it is the session's first prompt is known a
 * little later.
 */
export function newSession({ sessionId, cwd, folders }: BridgeInit): SessionState {
  const { work = null, outputs = null, uploads = null } = folders;
  return {
    ...{ id: sessionId, harness: '', cwd, counts: emptyCounts, isFirst: false, listing: null, ledger: [] },
    places: { folder: work, outputs, uploads, temp: '/tmp' },
  };
}

/** Adds what an allowed call is about to do. */
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
