/** How a task is opened. */
import type { TaskExtensions } from '../../../schema/extensions';
import type { PiConfig } from '../../../schema/taskd-api';

export interface OpenOptions {
  readonly model?: string | undefined;
  readonly thinkingLevel?: string | undefined;
  readonly hasWorkingFolder?: boolean | undefined;
  /** Kept for later openings without one */
  readonly piConfig?: PiConfig | undefined;
  /** Kept in the same way */
  readonly extensions?: TaskExtensions | undefined;
}
