/** The turns that have ended: a summary of each, and their logs, which are read from the disk when needed. */
import type { FileChangeCounts, TurnState } from '../../schema/file-changes';
import { isEnded } from './close-interrupted-turn';
import type { JournaledTurn } from './journal-options';
import type { JournalRecord } from './records';
import { countChanges, netChanges } from './take-back/net-changes';
import type { TurnFolders, TurnOnDisk } from './turn-folders';
import { groupOf, stateOf, takenBackBy } from './turn-groups';

type EndedTurn = TurnOnDisk['begin'] & {
  readonly counts: FileChangeCounts;
  /** open: the turn was interrupted, and some of its folders aren't available to close it */
  readonly state: 'open' | 'closed' | 'interrupted';
};

/** How many logs stay in memory: the list of changes, the plan and the undo all need the same ones */
const recentTurns = 3;

export class EndedTurns {
  readonly #folders: TurnFolders;
  /** What a turn's summary is made from */
  readonly #turns = new Map<number, EndedTurn>();
  readonly #recent = new Map<number, TurnOnDisk>();
  readonly #states = new Map<number, TurnState>();

  constructor(folders: TurnFolders) {
    this.#folders = folders;
  }

  /** Oldest first */
  get numbers(): readonly number[] {
    return [...this.#turns.keys()];
  }

  /** Numbers of turns whose logs have no end yet */
  get unclosed(): readonly number[] {
    return [...this.#turns.values()].flatMap(({ turn, state }) => (state === 'open' ? [turn] : []));
  }

  /** Adds a turn that was found on the disk. */
  found({ begin, records }: TurnOnDisk): void {
    const end = records.at(-1);
    const counts = end?.type === 'end' ? end.counts : countChanges(netChanges([records]));
    const state = end?.type !== 'end' ? 'open' : end.isInterrupted ? 'interrupted' : 'closed';
    this.#turns.set(begin.turn, { ...begin, counts, state });
  }

  /** Adds a turn that has just ended. */
  ended(begin: TurnOnDisk['begin'], counts: FileChangeCounts): void {
    this.#turns.set(begin.turn, { ...begin, counts, state: 'closed' });
    this.#states.clear();
  }

  /** Without turns outside a run that changed nothing in the end. */
  summaries(): readonly JournaledTurn[] {
    return this.numbers.flatMap((turn) => this.summaryOf(turn) ?? []);
  }

  /** One of `summaries`; `null` when it isn't among them. */
  summaryOf(number: number): JournaledTurn | null {
    const turn = this.#turns.get(number);
    if (!turn) return null;
    const isListed = turn.kind !== 'outside' || Object.values(turn.counts).some((count) => count > 0);
    return isListed ? this.summary(turn, turn.counts, this.#stateOf(number)) : null;
  }

  summary(begin: TurnOnDisk['begin'], counts: FileChangeCounts, state: TurnState): JournaledTurn {
    const { turn, kind, leaf, promptId, at, of } = begin;
    return { turn, kind, leaf, promptId, at, state, counts, of, isPruned: !this.#folders.hasKept(turn) };
  }

  /** Logs of turns, in order; unreadable ones are left out. */
  records(turns: readonly number[]): readonly (readonly JournalRecord[])[] {
    return this.#readAll(turns).map(({ records }) => records);
  }

  /** Turns with all turns that undid them, in order. */
  groupOf(turns: readonly number[]): readonly number[] {
    return groupOf(turns, [...this.#turns.values()]);
  }

  /** A turn with all turns that it undoes, directly or not. */
  takenBackBy(turn: number): readonly number[] {
    return takenBackBy(turn, this.#turns);
  }

  #stateOf(turn: number): TurnState {
    const known = this.#states.get(turn);
    if (known) return known;
    const numbers = this.groupOf([turn]);
    const alone = this.#turns.get(turn)?.state;
    if (numbers.length === 1 && alone) return alone;
    const group = this.#readAll(numbers);
    const own = group.find((read) => read.turn === turn);
    const state = own ? stateOf(own, group) : 'closed';
    this.#states.set(turn, state);
    return state;
  }

  #readAll(turns: readonly number[]): readonly TurnOnDisk[] {
    return turns.flatMap((turn) => this.#read(turn) ?? []);
  }

  #read(turn: number): TurnOnDisk | null {
    const known = this.#recent.get(turn);
    if (known) return known;
    const read = this.#folders.read(turn);
    if (!read || 'reason' in read) return null;
    if (!isEnded(read.records)) return read;
    this.#recent.set(turn, read);
    for (const oldest of this.#recent.keys()) {
      if (this.#recent.size <= recentTurns) break;
      this.#recent.delete(oldest);
    }
    return read;
  }
}
