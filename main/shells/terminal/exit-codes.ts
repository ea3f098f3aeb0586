/** What `run` answers to the shell that called it: one code for each way in which a run ends. */
import type { RunEnding } from '../../../schema/run-ending';

export const exitCodes: Readonly<Record<RunEnding, number>> = {
  answered: 0,
  failed: 1,
  cut: 3,
  empty: 4,
  refused: 5,
  filtered: 6,
  incomplete: 7,
  unknown: 8,
  // As after Ctrl-C in any program.
  stopped: 130,
};
