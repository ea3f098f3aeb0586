/** Which folders a task may be bound to: decided on the host before anything is created. */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { RpcError } from '../../schema/errors';
import { placeholderIn } from './cloud-placeholders';
import { refusalOf } from './guarded-folder';
import type { OwnPlaces } from './guarded-places';

const refuse = (message: string): RpcError => new RpcError('WORKSPACE_POLICY_VIOLATION', message);

const expandHome = (path: string): string =>
  path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;

/**
 * The real path of a folder that a task may have: not the system's, not Piwork's own, and without keys in it.
 * @throws RpcError `WORKSPACE_POLICY_VIOLATION` that says what is wrong and what to do
 */
export async function checkWorkingFolder(typed: string, own: OwnPlaces): Promise<string> {
  if (typed.trim() === '') throw refuse('Choose a folder.');
  if (typed.includes('\0')) throw refuse("A folder name can't contain a NUL character.");
  const path = expandHome(typed);
  if (!isAbsolute(path)) throw refuse(`Enter the whole path of the folder, such as ${join(homedir(), typed)}.`);
  const real = await realpath(path).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES')
      throw refuse(`Piwork can't read ${path}. Give yourself access to it, or choose another folder.`);
    throw refuse(`${path} doesn't exist. Check the spelling, or create the folder first.`);
  });
  if (!(await stat(real)).isDirectory()) throw refuse(`${path} is a file. Choose the folder that contains it.`);
  const refusal = await refusalOf(real, own);
  if (refusal !== null) throw refuse(refusal);
  await access(real, constants.R_OK | constants.X_OK).catch(() => {
    throw refuse(`Piwork can't read ${path}. Give yourself access to it, or choose another folder.`);
  });
  const placeholder = await placeholderIn(real);
  if (placeholder !== null)
    throw refuse(
      `Some files in ${path} are only in the cloud, such as ${placeholder}. Make the folder available offline, then choose it again.`,
    );
  return real;
}
