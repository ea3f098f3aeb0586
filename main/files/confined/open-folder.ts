/** Opens a folder for the guest in the way that is safe on this system. */
import type { FolderFiles } from '../folder-files';
import { LinuxFolder } from './linux-folder';

/** @param path a real path of the host, which the person chose. @throws Errno when it cannot be opened */
export const openFolder = (path: string): FolderFiles => new LinuxFolder(path);
