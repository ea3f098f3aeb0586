/** What a journaled folder and its open files need from their journal. */
import type { FileOwners } from './file-owners';
import type { Keeper } from './keeper';
import type { KnownFiles } from './known-files';
import type { OpenTurn } from './open-turn';

export interface TurnSource {
  /** The turn that changes belong to. When none is open, one for changes outside a run begins */
  turn(): OpenTurn;
  readonly isTurnOpen: boolean;
  readonly known: KnownFiles;
  readonly keeper: Keeper;
  readonly owners: FileOwners;
}
