/** What a command is written to do, before it is known which files there are. */
import type { NamePattern, PathPattern } from './path-pattern';

/** The folder in which it is done: absolute, or `null` when it is not known. */
export type WorkingFolder = readonly NamePattern[] | null;

/** Which of the files below its roots `find` passes on. */
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

/** What a whole command line is about to do, as far as it can be read. */
export interface CommandReading {
  readonly acts: readonly IntendedAct[];
  readonly isPrivileged: boolean;
  readonly reachesNetwork: boolean;
  /** It goes on until it is stopped */
  readonly isEndless: boolean;
}
