/** A task's files, and folders to choose from. */
import { RpcError } from '../../../schema/errors';
import { fakeHome } from '../data/folders';
import { checkFolder, named } from './check-folder';
import type { FakeHost } from './fake-host';
import type { Some } from './some';

/** Handlers for files and folders. */
export function fileHandlers(host: FakeHost): Some<'artifact'> & Some<'folder'> {
  return {
    'artifact.list': ({ taskId }) => Promise.resolve({ artifacts: [...host.task(taskId).artifacts] }),
    'artifact.preview': ({ area, path }) => {
      const preview = host.previews.get(`${area}/${path}`);
      return Promise.resolve({ preview: preview ?? { kind: 'none', reason: 'This kind of file has no preview.' } });
    },
    'artifact.upload': ({ taskId, name, dataBase64 }) => {
      const bytes = Math.floor((dataBase64.length * 3) / 4);
      const artifact = { area: 'uploads' as const, path: name, bytes, modifiedAt: host.now() };
      host.addArtifact(taskId, artifact);
      return Promise.resolve({ artifact });
    },
    'folder.pick': () => Promise.resolve({ path: `${fakeHome}/Reports` }),
    'folder.check': ({ path }) => Promise.resolve(checkFolder(host, path)),
    'folder.list': ({ path }) => {
      const below = host.folders.filter((folder) => folder.path.slice(0, folder.path.lastIndexOf('/')) === path);
      if (!host.folders.some((folder) => folder.path === path)) {
        throw new RpcError('NOT_FOUND', `There is no folder ${path}.`);
      }
      return Promise.resolve({
        path,
        parent: path === fakeHome ? null : path.slice(0, path.lastIndexOf('/')),
        folders: below.map((folder) => named(folder.path)),
      });
    },
  };
}
