import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder for packs, downloads and set-up logs: `$PIWORK_CACHE`, or the platform's cache folder.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {NodeJS.Platform} platform
 * @returns {string}
 */
export function cacheFolder(environment = process.env, platform = process.platform) {
  if (environment.PIWORK_CACHE) return resolve(environment.PIWORK_CACHE);
  if (platform === 'darwin') return join(homedir(), 'Library/Caches/piwork');
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData/Local'), 'piwork/cache');
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'piwork');
}
