/** How the guest is given folders. QEMU's 9p serves one root, fixed when it starts. */
import { realpath } from 'node:fs/promises';
import { RpcError } from '../../schema/errors';
import type { VmWorkerConfig } from '../../schema/vm-api';
import type { StateFolder } from '../settings/state-folder';
import { namesBelow } from './working-folder';

export interface Share {
  /** What the VM is started with */
  exports(): Promise<VmWorkerConfig['shares']>;
  /** What taskd calls a folder that was checked before. @throws RpcError `WORKSPACE_POLICY_VIOLATION` */
  guestPath(folder: string): Promise<string>;
}

/** Exports the workspace root; a task's folder is a path below it. */
export const rootShare = (state: StateFolder, workspaceRoot: () => string): Share => ({
  exports: async () => ({
    workdir: await realpath(workspaceRoot()),
    taskstate: state.taskstate,
    authstate: state.auth,
  }),
  guestPath: async (folder) => {
    const names = namesBelow(await realpath(workspaceRoot()), folder);
    if (names === null) {
      throw new RpcError(
        'WORKSPACE_POLICY_VIOLATION',
        `${folder} lies outside the workspace root. Change it in Settings.`,
      );
    }
    return names.join('/');
  },
});
