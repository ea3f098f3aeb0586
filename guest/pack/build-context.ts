import type { CheckDepth } from './layer-record';
import type { Progress } from './progress';
import type { Arch } from './sources';

/** What every build step gets. */
export type BuildContext = {
  arch: Arch;
  /** Absolute path of Piwork's cache folder */
  cacheFolder: string;
  /** How thoroughly to check what an earlier build left */
  check: CheckDepth;
  progress: Progress;
  signal: AbortSignal;
};
