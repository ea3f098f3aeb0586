/** Opens a folder for one piece of the host's work, with the same confinement as for the guest. */
import { openFolder } from '../confined/open-folder';
import type { FolderFiles } from '../folder/folder-files';

/** Opens `root`, does the work, and closes it again. @throws Errno when the folder isn't there */
export function inFolder<T>(root: string, work: (files: FolderFiles) => T): T {
  const files = openFolder(root);
  let isPending = false;
  try {
    const done = work(files);
    if (done instanceof Promise) {
      isPending = true;
      return done.finally(() => files.close()) as T;
    }
    return done;
  } finally {
    if (!isPending) files.close();
  }
}
