/** What the person chose. */
import { z } from 'zod';
import { modelRef } from './ids';

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  defaultModel: modelRef,
  /** Whether a change of the content of the person's files is asked for too; else it is only taken back */
  asksBeforeChange: z.boolean(),
  /** After how many seconds without an answer a question at the act counts as denied */
  approvalTimeoutSeconds: z.number().int().min(5).max(3600),
  /** Larger files are not kept before the agent changes them, in MiB */
  keepUpToMb: z.number().int().min(1).max(1_048_576),
  /** What a task may add to the disk while it is open, in GiB */
  growUpToGb: z.number().int().min(1).max(65_536),
});
export type Settings = z.output<typeof settings>;
