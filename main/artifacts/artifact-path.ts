/** From an artifact's name in a message to names that are safe to ask a folder for. */
import { RpcError } from '../../schema/errors';

/** The names of a relative path. @throws RpcError `NOT_FOUND` for anything but plain names */
export function artifactNames(path: string): readonly string[] {
  const names = path.split('/');
  const isPlain = names.every((name) => name !== '' && name !== '.' && name !== '..' && !/[\0\\]/.test(name));
  if (!isPlain) throw new RpcError('NOT_FOUND', `${path} doesn't exist here. It may have been moved or deleted.`);
  return names;
}
