/** What a command would do to the folder or the machine, as worked out before it runs. */

/** The kinds of act, as a file writes them. */
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

/** One act that is foreseen; the paths are absolute in the sandbox, `''` where there is none. */
export interface Act {
  readonly kind: ActKind;
  readonly path: string;
  /** Where it goes: of a move or a rename */
  readonly target: string;
  /** How many files it stands for; 0 when they are too many to be counted, and for what is done to no file */
  readonly count: number;
}
