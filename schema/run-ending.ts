/** How a run ended. Only `answered` is a whole answer. */
import { z } from 'zod';

export const runEnding = z.enum([
  'answered',
  /** The person stopped it */
  'stopped',
  /** The model's length limit cut the answer off */
  'cut',
  /** The model said nothing */
  'empty',
  /** The model would not answer */
  'refused',
  /** A filter of the provider stopped the answer */
  'filtered',
  /** The answer ended without an end of its own */
  'incomplete',
  /** The provider gave a reason that is not known here */
  'unknown',
  /** The provider, pi or the workspace failed */
  'failed',
]);
export type RunEnding = z.output<typeof runEnding>;
