/** Watches a folder in the way of this system. */
import { realpathSync } from 'node:fs';
import type { FolderWatch } from './folder-watch';
import { LinuxWatch } from './linux-watch';
import { RecursiveWatch } from './recursive-watch';

/** @param path of the host, which the person chose. @throws what the system says when it is not there */
export const openWatch = (path: string, platform: NodeJS.Platform = process.platform): FolderWatch =>
  platform === 'linux' ? new LinuxWatch(path) : new RecursiveWatch(realpathSync(path));
