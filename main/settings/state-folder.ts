/** Where Piwork stores things on this computer. All folders are private to the user. */
import { mkdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StateFolder {
  readonly root: string;
  /** On the host only: task.json, conversation.json, ledger.jsonl by task */
  readonly tasks: string;
  /** Shared with the guest: session, outputs and uploads by task */
  readonly taskstate: string;
  readonly logs: string;
  /** Tasks removed from the list */
  readonly removed: string;
  /** Copies of files that other programs opened; emptied at each start */
  readonly opened: string;
  readonly settingsFile: string;
  readonly hostFile: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The platform's folder for an app's data; `PIWORK_HOME` overrides it. */
export function stateRoot(platform: NodeJS.Platform, environment: Environment, home: string): string {
  const override = environment['PIWORK_HOME'];
  if (override) return override;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Piwork');
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Piwork');
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'piwork');
}

/** The platform's folder for what can be created again; `PIWORK_CACHE` overrides it. */
export function cacheRoot(platform: NodeJS.Platform, environment: Environment, home: string): string {
  const override = environment['PIWORK_CACHE'];
  if (override) return override;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'piwork');
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'piwork', 'cache');
  return join(environment['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'piwork');
}

export const defaultStateRoot = (): string => stateRoot(process.platform, process.env, homedir());
export const defaultCacheRoot = (): string => cacheRoot(process.platform, process.env, homedir());

export const stateFolderAt = (root: string): StateFolder => ({
  root,
  tasks: join(root, 'tasks'),
  taskstate: join(root, 'taskstate'),
  logs: join(root, 'logs'),
  removed: join(root, 'removed'),
  opened: join(root, 'opened'),
  settingsFile: join(root, 'settings.json'),
  hostFile: join(root, 'host.json'),
});

export async function makeStateFolder(folder: StateFolder): Promise<void> {
  await mkdir(folder.root, { recursive: true, mode: 0o700 });
  for (const path of [folder.tasks, folder.taskstate, folder.logs, folder.removed]) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  }
}

/** Sockets aren't in the state folder, because a socket's path is at most 107 bytes long. */
export const socketParent = (): string => (process.platform === 'darwin' ? '/tmp' : tmpdir());
