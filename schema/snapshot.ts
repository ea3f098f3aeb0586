/** Everything a shell needs when it connects. */
import { z } from 'zod';
import { approval, grant } from './approvals';
import { provider } from './providers';
import { settings } from './settings';
import { model } from './taskd-api';
import { taskSummary } from './task-summary';
import { vmStatus } from './vm-api';

/** A state file that could not be read and was set aside. */
export const setAside = z.object({ path: z.string(), reason: z.string() });

export const appInfo = z.object({
  version: z.string(),
  shell: z.enum(['electron', 'browser', 'terminal']),
  platform: z.string(),
  home: z.string(),
  stateFolder: z.string(),
  /** How keys are kept, one sentence */
  keyStorage: z.string(),
  canPickFolder: z.boolean(),
});
export type AppInfo = z.output<typeof appInfo>;

export const snapshot = z.object({
  /** The `seq` of the last event sent on this connection before this answer, all contained in it; -1 when none */
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
