/** Everything a shell needs when it connects. */
import { z } from 'zod';
import { approval, grant } from './approvals';
import { provider } from './providers';
import { settings } from './settings';
import { model } from './taskd-api';
import { taskSummary } from './task-summary';
import { vmStatus } from './vm-api';

/** A state file that couldn't be read and was moved aside. */
export const setAside = z.object({ path: z.string(), reason: z.string() });

const appInfo = z.object({
  version: z.string(),
  shell: z.enum(['electron', 'browser', 'terminal']),
  platform: z.string(),
  home: z.string(),
  stateFolder: z.string(),
  /** How keys are stored, in one sentence */
  keyStorage: z.string(),
  canPickFolder: z.boolean(),
});
export type AppInfo = z.output<typeof appInfo>;

export const snapshot = z.object({
  /**
   * The `seq` of the last event on this connection before this answer, which includes all of them; -1 when there was
   * none
   */
  seq: z.number().int(),
  app: appInfo,
  vm: vmStatus,
  tasks: z.array(taskSummary),
  setAside: z.array(setAside),
  providers: z.array(provider),
  models: z.array(model),
  settings,
  approvals: z.array(approval),
  grants: z.array(grant),
});
export type Snapshot = z.output<typeof snapshot>;
