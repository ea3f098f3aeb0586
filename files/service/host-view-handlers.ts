/** What the host itself reads and writes in a task's folders, for main. */
import { RpcError } from '../../schema/errors';
import type { FilesApi, TaskPlaces } from '../../schema/files-api';
import type { Handlers } from '../../schema/rpc';
import { errnoOf } from '../folder/errno';
import { readStart } from '../folder/file-content';
import { addFile } from '../host-view/add-file';
import { listFiles } from '../host-view/list-files';
import { inFolder } from '../host-view/one-folder';
import { moveLeaf } from '../host-view/session-leaf';
import { readSession, sessionIdentity } from '../host-view/session-file';

type HostViewMethod = Extract<keyof FilesApi['methods'], `area.${string}` | `session.${string}`>;

const rootOf = (places: TaskPlaces, area: 'folder' | 'outputs' | 'uploads'): string => {
  const root = places[area];
  if (root === null) throw new RpcError('NOT_FOUND', 'This task has no folder. Choose one first.');
  return root;
};

const notHere = (path: string, cause: unknown): RpcError =>
  new RpcError('NOT_FOUND', `${path} doesn't exist here. It may have been moved or deleted.`, { cause });

/** `area.*` and `session.*`: each call opens the folder it needs, and follows no link in it. */
export const hostViewHandlers: Pick<Handlers<FilesApi>, HostViewMethod> = {
  'area.list': async ({ places, area }) => {
    const files = listFiles(rootOf(places, area));
    return Promise.resolve({
      files: files.map(({ names, size, modifiedAt }) => ({ path: names.join('/'), bytes: size, modifiedAt })),
    });
  },
  'area.read': async ({ places, area, path, cap }) => {
    const root = rootOf(places, area);
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
  'area.add': async ({ places, name, bytes }) => {
    try {
      return await Promise.resolve({ path: addFile(places.uploads, name, bytes) });
    } catch (error) {
      const why = errnoOf(error) === 'ENOSPC' ? 'The disk is full. Free some space' : 'Give it another name';
      throw new RpcError('INVALID_REQUEST', `Piwork couldn't add ${name}. ${why}, and try again.`, { cause: error });
    }
  },
  'session.read': async ({ places }) => Promise.resolve(readSession(places.session)),
  'session.identity': async ({ places }) => Promise.resolve({ identity: sessionIdentity(places.session) }),
  'session.move_leaf': async ({ places, turn, leaf }) => {
    await moveLeaf(places.session, turn, leaf);
    return {};
  },
};
