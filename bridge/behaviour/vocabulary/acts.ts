/** What a command would do to the folder or the machine, as foreseen before it runs. */

/** The kinds of act, as behaviour files write them. */
export const actKinds = [
  'delete',
  'move',
  'rename',
  'overwrite',
  'create',
  'change',
  'network',
  'privileged',
  'long-running',
] as const;

export type ActKind = (typeof actKinds)[number];

/** One foreseen act; paths are absolute in the sandbox, `''` when there is none. */
export interface Act {
  readonly kind: ActKind;
  readonly path: string;
  /** The target of a move or a rename */
  readonly target: string;
  /** How many files it affects; 0 when there are too many to count, or when it affects no file */
  readonly count: number;
}
