/** The guest's own check of the folders that the host names, before anything is bound. */
import { lstat, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RpcError } from '../../../schema/errors';
import { shares } from '../sandbox/layout';

const refuse = (path: string, why: string): RpcError =>
  new RpcError('WORKSPACE_POLICY_VIOLATION', `The folder ${path} cannot be bound: ${why}.`);

/**
 * Walks a relative path below the workspace share, one name at a time.
 * @throws RpcError `WORKSPACE_POLICY_VIOLATION` when a part is missing, a link, or no directory
 */
export async function checkWorkingFolder(path: string, root: string = shares.workdir): Promise<void> {
  let at = root;
  for (const name of path === '' ? [] : path.split('/')) {
    at = join(at, name);
    const found = await lstat(at).catch(() => null);
    if (!found) throw refuse(path, `${name} does not exist`);
    if (found.isSymbolicLink()) throw refuse(path, `${name} is a symbolic link`);
    if (!found.isDirectory()) throw refuse(path, `${name} is not a folder`);
  }
}

export interface TaskFolders {
  readonly session: string;
  readonly outputs: string;
  readonly uploads: string;
  readonly sessionFile: string;
}

export function taskFolders(taskId: string, root: string = shares.taskstate): TaskFolders {
  const own = join(root, taskId);
  const session = join(own, 'session');
  return {
    session,
    outputs: join(own, 'outputs'),
    uploads: join(own, 'uploads'),
    sessionFile: join(session, 'session.json'),
  };
}

/** Makes what is missing; says whether a session with anything in it is there. */
export async function prepareTaskFolders({ session, outputs, uploads, sessionFile }: TaskFolders): Promise<boolean> {
  await Promise.all([session, outputs, uploads].map((folder) => mkdir(folder, { recursive: true })));
  const file = await stat(sessionFile).catch(() => null);
  return file !== null && file.size > 0;
}
