/** Opens a folder for the guest in the way that is safe on this system. */
import type { FolderFiles } from '../folder-files';
import { ConfinedFolder } from './confined-folder';
import { LinuxPaths } from './linux-paths';
import { attempt } from './node-status';
import { PortablePaths } from './portable-paths';

/** @param path of the host, which the person chose: its own links are followed. @throws Errno when it is not there */
export const openFolder = (path: string, platform: NodeJS.Platform = process.platform): FolderFiles =>
  new ConfinedFolder(attempt(() => (platform === 'linux' ? new LinuxPaths(path) : new PortablePaths(path, platform))));
