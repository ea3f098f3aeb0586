/** Watches a folder in the way that suits this system. */
import { realpathSync } from 'node:fs';
import type { FolderWatch } from './folder-watch';
import { LinuxWatch } from './linux-watch';
import { RecursiveWatch } from './recursive-watch';

/** @param path on the host, chosen by the person. @throws the system's error when it doesn't exist */
export const openWatch = (path: string, platform: NodeJS.Platform = process.platform): FolderWatch =>
  platform === 'linux' ? new LinuxWatch(path) : new RecursiveWatch(realpathSync(path));
