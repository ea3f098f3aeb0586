/** Which turns belong together: a turn, the one that undid it, the one that undid that. */
import type { TurnKind, TurnState } from '../../schema/file-changes';
import { netChanges } from './take-back/net-changes';
import type { TurnOnDisk } from './turn-folders';

export interface TurnOf {
  readonly turn: number;
  readonly kind: TurnKind;
  /** Turns that it undoes */
  readonly of: readonly number[];
}

/** The turns and all turns that undid them, in order. */
export function groupOf(turns: readonly number[], all: readonly TurnOf[]): readonly number[] {
  const group = new Set(turns);
  for (const { turn, kind, of } of [...all].sort((one, other) => one.turn - other.turn)) {
    if (kind === 'take-back' && of.some((taken) => group.has(taken))) group.add(turn);
  }
  return [...group].sort((one, other) => one - other);
}

/** A turn with all turns that it undoes, directly or not. */
export function takenBackBy(turn: number, all: ReadonlyMap<number, TurnOf>): readonly number[] {
  const older = (all.get(turn)?.of ?? []).filter((taken) => taken < turn);
  return [turn, ...older.flatMap((taken) => takenBackBy(taken, all))];
}

/** What is left of a turn after the turns that undid it. */
export function stateOf(turn: TurnOnDisk, group: readonly TurnOnDisk[]): TurnState {
  const end = turn.records.at(-1);
  if (end?.type !== 'end') return 'open';
  const later = group.filter((other) => other.turn !== turn.turn);
  if (later.length === 0) return end.isInterrupted ? 'interrupted' : 'closed';
  if (netChanges(group.map(({ records }) => records)).length === 0) return 'taken-back';
  return netChanges(later.map(({ records }) => records)).length === 0 ? 'redone' : 'partly-taken-back';
}
