/** What the host itself reads and writes in a task's folders, for main. */
import { RpcError } from '../../schema/errors';
import type { FilesApi, TaskPlaces } from '../../schema/files-api';
import type { Handlers } from '../../schema/rpc';
import { errnoOf } from '../folder/errno';
import { readStart } from '../folder/file-content';
import { addFile } from '../host-view/add-file';
import { copyOut } from '../host-view/copy-out';
import { listFiles } from '../host-view/list-files';
import { inFolder } from '../host-view/one-folder';
import { moveLeaf } from '../host-view/session-leaf';
import { readSession, sessionIdentity } from '../host-view/session-file';
import type { OpenTasks } from './open-tasks';
import { ownFolder } from './task-folders';

type HostViewMethod = Extract<keyof FilesApi['methods'], `area.${string}` | `session.${string}`>;

const rootOf = (places: TaskPlaces, area: 'folder' | 'outputs' | 'uploads'): string => {
  if (area !== 'folder') return ownFolder(places, area);
  if (places.folder === null) throw new RpcError('NOT_FOUND', 'This task has no folder. Choose one first.');
  return places.folder;
};

const notHere = (path: string, cause: unknown): RpcError =>
  new RpcError('NOT_FOUND', `${path} doesn't exist here. It may have been moved or deleted.`, { cause });

/** `area.*` and `session.*`: each call opens the folder it needs, and follows no link in it. */
export const hostViewHandlers = (tasks: Pick<OpenTasks, 'places'>): Pick<Handlers<FilesApi>, HostViewMethod> => ({
  'area.list': async ({ taskId, area }) => {
    const files = listFiles(rootOf(tasks.places(taskId), area));
    return Promise.resolve({
      files: files.map(({ names, size, modifiedAt }) => ({ path: names.join('/'), bytes: size, modifiedAt })),
    });
  },
  'area.read': async ({ taskId, area, path, cap }) => {
    const root = rootOf(tasks.places(taskId), area);
    try {
      return await Promise.resolve(
        inFolder(root, (files) => {
          const file = files.openFile(path.split('/'), { isWritable: false });
          const { mode } = file.status();
          return { mode, ...readStart(file, cap) };
        }),
      );
    } catch (error) {
      throw notHere(path, error);
    }
  },
  'area.copy': async ({ taskId, area, path, to, name, cap }) => {
    const root = rootOf(tasks.places(taskId), area);
    try {
      copyOut({ root, names: path.split('/'), to, name, cap });
      return await Promise.resolve({});
    } catch (error) {
      throw notHere(path, error);
    }
  },
  'area.add': async ({ taskId, name, bytes }) => {
    try {
      return await Promise.resolve({ path: addFile(ownFolder(tasks.places(taskId), 'uploads'), name, bytes) });
    } catch (error) {
      const why = errnoOf(error) === 'ENOSPC' ? 'The disk is full. Free some space' : 'Give it another name';
      throw new RpcError('INVALID_REQUEST', `Piwork couldn't add ${name}. ${why}, and try again.`, { cause: error });
    }
  },
  'session.read': async ({ taskId }) => Promise.resolve(readSession(ownFolder(tasks.places(taskId), 'session'))),
  'session.identity': async ({ taskId }) =>
    Promise.resolve({ identity: sessionIdentity(ownFolder(tasks.places(taskId), 'session')) }),
  'session.move_leaf': async ({ taskId, turn, leaf }) => {
    await moveLeaf(ownFolder(tasks.places(taskId), 'session'), turn, leaf);
    return {};
  },
});
