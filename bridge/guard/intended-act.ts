/** What a command does by its text, before looking at which files exist. */
import type { NamePattern, PathPattern } from './path-pattern';

/** The folder in which it happens: absolute, or `null` when unknown. */
export type WorkingFolder = readonly NamePattern[] | null;

/** Which files below its roots `find` selects. */
export interface FindTests {
  readonly names: readonly { readonly glob: string; readonly isCaseless: boolean }[];
  readonly kind: 'file' | 'directory' | null;
  readonly minDepth: number;
  readonly maxDepth: number;
}

export type IntendedAct =
  | { readonly kind: 'delete'; readonly cwd: WorkingFolder; readonly target: PathPattern }
  | { readonly kind: 'find-delete'; readonly cwd: WorkingFolder; readonly root: PathPattern; readonly tests: FindTests }
  | {
      readonly kind: 'move';
      readonly cwd: WorkingFolder;
      readonly sources: readonly PathPattern[];
      readonly target: PathPattern;
    };

/** What a whole command line is about to do, as far as it can be parsed. */
export interface CommandReading {
  readonly acts: readonly IntendedAct[];
  readonly isPrivileged: boolean;
  readonly reachesNetwork: boolean;
  /** It runs until it is stopped */
  readonly isEndless: boolean;
}
