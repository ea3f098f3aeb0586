/** Opens a folder for the guest in the way that is safe on this system. */
import type { FolderFiles } from '../folder/folder-files';
import { ConfinedFolder } from './confined-folder';
import { ExactNames } from './exact-names';
import { foldsNames } from './folded-names';
import { LinuxPaths } from './linux-paths';
import { attempt } from './node-status';
import { PortablePaths } from './portable-paths';

/** @param path on the host, chosen by the person: links in it are followed. @throws Errno when it doesn't exist */
export function openFolder(path: string, platform: NodeJS.Platform = process.platform): FolderFiles {
  return attempt(() => {
    const isFolded = foldsNames(path, platform);
    const files = new ConfinedFolder(platform === 'linux' ? new LinuxPaths(path) : new PortablePaths(path, platform));
    return isFolded ? new ExactNames(files) : files;
  });
}
