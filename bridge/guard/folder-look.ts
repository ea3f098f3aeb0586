/** Looks at folders as they are in the sandbox, never at what is in a file. */
import { lstatSync, readdirSync } from 'node:fs';

export type LookedKind = 'file' | 'directory';

export interface FolderLook {
  /** `null` when there is nothing of that name, or it cannot be seen; a link is a file */
  kindOf(path: string): LookedKind | null;
  /** Names in a folder; none when it cannot be listed */
  namesIn(path: string): readonly string[];
}

/** The sandbox's own file system. Calls are synchronous: a folder of a thousand names is read in a few milliseconds. */
export const sandboxLook: FolderLook = {
  kindOf: (path) => {
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (!status) return null;
    return status.isDirectory() ? 'directory' : 'file';
  },
  namesIn: (path) => {
    try {
      return readdirSync(path);
    } catch {
      // It is no folder, or may not be read: the command will see the same.
      return [];
    }
  },
};
