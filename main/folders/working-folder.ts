/** Which folders a task may be bound to: decided on the host before anything is created. */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, sep } from 'node:path';
import { RpcError } from '../../schema/errors';

const refuse = (message: string): RpcError => new RpcError('WORKSPACE_POLICY_VIOLATION', message);

const expandHome = (path: string): string =>
  path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;

/** Files here represent the running system. */
const systemFolders = process.platform === 'win32' ? [] : ['/proc', '/sys', '/dev/fd', '/dev/pts'];

/** The names from `root` to `path`, or nothing when `path` is elsewhere. */
export function namesBelow(root: string, path: string): readonly string[] | null {
  const between = relative(root, path);
  if (between === '') return [];
  if (isAbsolute(between)) return null;
  const names = between.split(sep);
  return names[0] === '..' ? null : names;
}

/**
 * The real path of a folder that may be bound. `stateFolder` is Piwork's own and contains keys: no task may see it.
 * @throws RpcError `WORKSPACE_POLICY_VIOLATION` that says what is wrong and what to do
 */
export async function checkWorkingFolder(typed: string, stateFolder: string): Promise<string> {
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
  if (systemFolders.some((folder) => namesBelow(folder, real) !== null)) {
    throw refuse(`${path} belongs to the system. Choose a folder with your own files.`);
  }
  const own = await realpath(stateFolder).catch(() => stateFolder);
  if (namesBelow(real, own) !== null || namesBelow(own, real) !== null) {
    throw refuse(`${path} contains Piwork's own files, and perhaps your keys. Choose a folder next to ${own}.`);
  }
  await access(real, constants.R_OK | constants.X_OK).catch(() => {
    throw refuse(`Piwork can't read ${path}. Give yourself access to it, or choose another folder.`);
  });
  return real;
}
