/** A task's folders as the host's file server shows them to the guest. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RpcError } from '../../../schema/errors';
import { filesRoot } from '../sandbox/layout';

export interface TaskFolders {
  readonly folder: string;
  readonly session: string;
  readonly outputs: string;
  readonly uploads: string;
  readonly sessionFile: string;
}

export function taskFolders(taskId: string, root: string = filesRoot): TaskFolders {
  const own = join(root, taskId);
  const session = join(own, 'session');
  return {
    folder: join(own, 'folder'),
    session,
    outputs: join(own, 'outputs'),
    uploads: join(own, 'uploads'),
    sessionFile: join(session, 'session.json'),
  };
}

/**
 * Whether there is a session that isn't empty.
 * @throws RpcError `TASK_BOOTSTRAP_FAILED` when the host doesn't serve the task's folders
 */
export async function hasSession({ session, sessionFile }: TaskFolders): Promise<boolean> {
  await stat(session).catch((error: unknown) => {
    throw new RpcError('TASK_BOOTSTRAP_FAILED', `The task's folders can't be reached: ${String(error)}.`);
  });
  const file = await stat(sessionFile).catch(() => null);
  return file !== null && file.size > 0;
}
