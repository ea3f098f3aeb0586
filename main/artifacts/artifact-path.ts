/** From an artifact's name in a message to a host file that is certainly inside its area. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { RpcError } from '../../schema/errors';

const refuse = (path: string): RpcError =>
  new RpcError('NOT_FOUND', `${path} doesn't exist here. It may have been moved or deleted.`);

/** The names of a relative path. @throws RpcError `NOT_FOUND` for anything but plain names */
export function artifactNames(path: string): readonly string[] {
  const names = path.split('/');
  const isPlain = names.every((name) => name !== '' && name !== '.' && name !== '..' && !/[\0\\]/.test(name));
  if (!isPlain) throw refuse(path);
  return names;
}

/**
 * Opens a regular file below `area`. The agent writes there and may put a link at any level, so each folder is opened
 * from the handle of its parent where the system allows it, and no link is followed.
 */
export async function openArtifact(area: string, path: string): Promise<FileHandle> {
  const names = artifactNames(path);
  const handles: FileHandle[] = [];
  try {
    let at = area;
    for (const name of names.slice(0, -1)) {
      const folder = await open(join(at, name), constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
      handles.push(folder);
      at = process.platform === 'linux' ? `/proc/self/fd/${folder.fd}` : join(at, name);
    }
    const file = await open(
      join(at, names.at(-1) ?? ''),
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw refuse(path);
  } catch (error) {
    throw error instanceof RpcError ? error : new RpcError('NOT_FOUND', `Piwork can't open ${path}.`, { cause: error });
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
}
