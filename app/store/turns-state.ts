/** What the page has read of a task's turns, and what of it is out of date. */
import type { FileChange, TurnSummary } from '../../schema/file-changes';

export interface ChangesState {
  readonly changes: readonly FileChange[];
  readonly isTruncated: boolean;
  /** The turn's version at the time of the request, -1 when it is to be read again in any case */
  readonly readVersion: number;
}

export interface TurnsState {
  /** The oldest first */
  readonly turns: readonly TurnSummary[];
  /** Counts what the host reported */
  readonly version: number;
  /** The version that `turns` were listed at, -1 before the first listing */
  readonly listedVersion: number;
  /** Counts the same by turn */
  readonly versions: Readonly<Record<number, number>>;
  /** What was read, by turn */
  readonly changes: Readonly<Record<number, ChangesState>>;
}

/** Nothing listed yet. */
export const unlistedTurns: TurnsState = { turns: [], version: 0, listedVersion: -1, versions: {}, changes: {} };

/** The state after the host said that a turn differs. */
export const turnChanged = (state: TurnsState, turn: number): TurnsState => ({
  ...state,
  version: state.version + 1,
  versions: { ...state.versions, [turn]: versionOf(state, turn) + 1 },
});

/** The state after events may have been missed. */
export const turnsUncertain = (state: TurnsState): TurnsState => ({
  ...state,
  version: state.version + 1,
  changes: Object.fromEntries(
    Object.entries(state.changes).map(([turn, changes]) => [turn, { ...changes, readVersion: -1 }]),
  ),
});

/** Stands for all turns together among those that were read; turns count from 1 */
export const wholeTask = 0;

/** Counts what the host reported of one turn, or of all. */
export const versionOf = (state: TurnsState, turn: number): number =>
  turn === wholeTask ? state.version : (state.versions[turn] ?? 0);

/** Whether the list of a turn's changes has to be read. */
export const areChangesStale = (state: TurnsState, turn: number): boolean =>
  state.changes[turn]?.readVersion !== versionOf(state, turn);
