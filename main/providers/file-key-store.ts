/** Keys in one file that only this user may read, for shells without a system keychain. */
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeyStore } from './key-store';
import { readStateFile } from '../state-files/read-state-file';
import { replaceFile } from '../../node/replace-file';

const keysFile = z.strictObject({ version: z.literal(1), keys: z.record(z.string(), z.string()) });

const groupAndOthers = 0o077;

/** Removes other users' access to the file and returns a warning if it did. Throws if it isn't a regular file. */
async function closeToOthers(path: string): Promise<string | null> {
  const info = await lstat(path).catch(() => null);
  if (info === null) return null;
  if (!info.isFile()) throw new Error(`${path} isn't a plain file. Piwork reads keys only from a plain file.`);
  // Windows has no such bits; there, the user's profile is already private.
  if (process.platform === 'win32' || (info.mode & groupAndOthers) === 0) return null;
  await chmod(path, 0o600).catch((cause: unknown) => {
    throw new Error(`Others can read your keys in ${path}. Run: chmod 600 '${path}'`, { cause });
  });
  return `Others on this computer could read your keys in ${path}. Piwork fixed this. If you share this computer, replace the keys at your providers.`;
}

/** Opens `<stateFolder>/keys/keys.json`. Rejects when the file can't be made private. */
export async function openFileKeyStore(stateFolder: string): Promise<KeyStore> {
  const folder = join(stateFolder, 'keys');
  const path = join(folder, 'keys.json');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const opened = await closeToOthers(path);
  const { value, setAside } = await readStateFile(path, keysFile);
  const keys = new Map(Object.entries(value?.keys ?? {}));
  const damaged =
    setAside &&
    `Piwork couldn't read your keys and moved the file aside as ${setAside.path}. Enter them again in Settings.`;

  const write = (): Promise<void> =>
    replaceFile(path, `${JSON.stringify({ version: 1, keys: Object.fromEntries(keys) }, null, 2)}\n`, 0o600);

  return {
    description: `Keys are kept in a file that only you can read, ${path}. They aren't encrypted.`,
    warning: opened ?? damaged,
    has: (provider) => keys.has(provider),
    get: (provider) => keys.get(provider) ?? null,
    set: async (provider, key) => {
      keys.set(provider, key);
      await write();
    },
    remove: async (provider) => {
      if (keys.delete(provider)) await write();
    },
  };
}
