/** What a journaled folder and the files that are open in it need of their journal. */
import type { Keeper } from './keeper';
import type { KnownFiles } from './known-files';
import type { OpenTurn } from './open-turn';

export interface TurnSource {
  /** The turn that changes belong to; one of nobody's is begun when none is open */
  turn(): OpenTurn;
  readonly isTurnOpen: boolean;
  readonly known: KnownFiles;
  readonly keeper: Keeper;
}
