import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where packs and downloads are kept: `$PIWORK_CACHE`, or the platform's cache folder. */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (environment['PIWORK_CACHE']) return resolve(environment['PIWORK_CACHE']);
  if (platform === 'darwin') return join(home, 'Library/Caches/piwork');
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData/Local'), 'piwork', 'cache');
  return join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'piwork');
}
