/** Turns a parked pi into the pi of one task. */
import { basename } from 'node:path';
import type { TaskExtensions } from '../../../schema/extensions';
import type { PiConfig } from '../../../schema/taskd-api';
import { writeAgentFiles, type Parked } from '../pi/parked';
import { inside } from '../sandbox/layout';
import { assignment, folderPrompt, taskSettings, type AssignmentOptions } from './assignment';
import type { TaskServices } from './services';

export interface HandOver {
  readonly assigned: AssignmentOptions;
  readonly piConfig: PiConfig | null;
  readonly extensions: TaskExtensions;
}

/**
 * Fills the slot with the task's folders and pi's files, sends the process its folder and environment, and opens the
 * task's session.
 */
export async function handOver(
  parked: Parked,
  { assigned, piConfig, extensions }: HandOver,
  { slots, uid, gid }: TaskServices,
): Promise<void> {
  const { taskId, hasWorkingFolder, model } = assigned;
  await slots.fill(parked.slot, { taskId, hasWorkingFolder });
  const { models, settings } = piConfig ?? { models: '{}', settings: '{}' };
  const files = {
    'models.json': models,
    'settings.json': taskSettings(settings, model),
    'folders.md': folderPrompt(assigned),
    [basename(inside.extensions)]: JSON.stringify(extensions),
  };
  await writeAgentFiles(parked.slot, files, { uid, gid });
  await parked.assign(assignment(assigned));
  // pi reads all of that when it moves to the session.
  await parked.process.request({ type: 'switch_session', sessionPath: inside.session(taskId) });
}
