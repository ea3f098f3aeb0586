/** What the page has read of a task's turns, and what of it is out of date. */
import type { FileChange, TurnChange, TurnSummary } from '../../schema/file-changes';

export interface ChangesState {
  readonly changes: readonly FileChange[];
  readonly isTruncated: boolean;
  /** The turn's version at the time of the request, -1 when it must be read again in any case */
  readonly readVersion: number;
}

export interface TurnsState {
  /** The oldest first */
  readonly turns: readonly TurnSummary[];
  /** Counts the host's reports, and times when reports may have been missed */
  readonly version: number;
  /** The version at which `turns` were listed, -1 before the first listing; since then, reports keep them up to date */
  readonly listedVersion: number;
  /** The version at which reports may last have been missed */
  readonly missedVersion: number;
  /** The version at which the host last reported a turn, by turn */
  readonly versions: Readonly<Record<number, number>>;
  /** What was read, by turn */
  readonly changes: Readonly<Record<number, ChangesState>>;
}

/** Nothing listed yet. */
export const unlistedTurns: TurnsState = {
  turns: [],
  version: 0,
  listedVersion: -1,
  missedVersion: 0,
  versions: {},
  changes: {},
};

const inOrder = (turns: readonly TurnSummary[]): readonly TurnSummary[] =>
  [...turns].sort((one, other) => one.turn - other.turn);

/** The state after the host reported a turn. */
export function turnChanged(state: TurnsState, { turn, summary }: Omit<TurnChange, 'taskId'>): TurnsState {
  const version = state.version + 1;
  const others = state.turns.filter((one) => one.turn !== turn);
  return {
    ...state,
    version,
    versions: { ...state.versions, [turn]: version },
    turns: summary ? inOrder([...others, summary]) : others,
  };
}

/** The state after the turns were listed; `version` is the one at the time of the request. */
export function turnsListed(state: TurnsState, turns: readonly TurnSummary[], version: number): TurnsState {
  // A turn reported in the meantime may be newer than the list.
  const isNewer = ({ turn }: TurnSummary): boolean => versionOf(state, turn) > version;
  const listed = turns.filter((turn) => !isNewer(turn));
  return { ...state, turns: inOrder([...listed, ...state.turns.filter(isNewer)]), listedVersion: version };
}

/** The state after events may have been missed. */
export const turnsUncertain = (state: TurnsState): TurnsState => ({
  ...state,
  version: state.version + 1,
  missedVersion: state.version + 1,
  changes: Object.fromEntries(
    Object.entries(state.changes).map(([turn, changes]) => [turn, { ...changes, readVersion: -1 }]),
  ),
});

/** Stands for all turns together, where turns are numbered from 1 */
export const wholeTask = 0;

/** The version at which the host last reported a turn; for all turns together, the latest report. */
export const versionOf = (state: TurnsState, turn: number): number =>
  turn === wholeTask ? state.version : (state.versions[turn] ?? 0);

/** Whether the turns have to be listed. */
export const areTurnsStale = ({ listedVersion, missedVersion }: TurnsState): boolean => listedVersion < missedVersion;

/** Whether the list of a turn's changes has to be read. */
export const areChangesStale = (state: TurnsState, turn: number): boolean =>
  state.changes[turn]?.readVersion !== versionOf(state, turn);
