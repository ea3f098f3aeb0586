/** The person's settings. */
import { z } from 'zod';
import { modelRef } from './ids';

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  defaultModel: modelRef,
  /** Whether to ask before content of the person's files changes too; otherwise it can only be undone */
  asksBeforeChange: z.boolean(),
  /** After how many seconds without an answer a question at the act is denied */
  approvalTimeoutSeconds: z.number().int().min(5).max(3600),
  /** Larger files aren't kept before the agent changes them, in MiB */
  keepUpToMb: z.number().int().min(1).max(1_048_576),
  /** How much a task may add to the disk while it is open, in GiB */
  growUpToGb: z.number().int().min(1).max(65_536),
});
export type Settings = z.output<typeof settings>;
