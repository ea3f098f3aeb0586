/** Looks at folders as they are in the sandbox, never at the content of files. */
import { lstatSync, readdirSync } from 'node:fs';

export type LookedKind = 'file' | 'directory';

export interface FolderLook {
  /** `null` when it doesn't exist or can't be seen; a link is a file */
  kindOf(path: string): LookedKind | null;
  /** Names in a folder; none when it can't be listed */
  namesIn(path: string): readonly string[];
}

/** The sandbox's file system. Calls are synchronous: reading a folder of a thousand names takes a few milliseconds. */
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
      // It isn't a folder, or can't be read; the command would see the same.
      return [];
    }
  },
};
