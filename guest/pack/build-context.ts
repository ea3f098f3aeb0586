import type { CheckDepth } from './layer-record';
import type { Progress } from './progress';
import type { Arch } from './sources';

/** What every step of a build is given. */
export type BuildContext = {
  arch: Arch;
  /** Absolute path of Piwork's cache folder */
  cacheFolder: string;
  /** How far to check what an earlier build left */
  check: CheckDepth;
  progress: Progress;
  signal: AbortSignal;
};
