/** Notes that the agent reads with its tool's result, left in a folder that the agent owns. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inside } from '../sandbox/layout';

/**
 * Writes a note into the agent's folder, where the extension finds it. The agent owns that folder and may put anything
 * there, so this never opens an existing file, follows no link, and sets the owner through the handle.
 */
export async function leaveNote(
  agentFolder: string,
  text: string,
  { uid, gid }: { readonly uid: number; readonly gid: number },
): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const line = text.replaceAll(/\s+/g, ' ');
  for (let number = Date.now(); ; number += 1) {
    const path = join(agentFolder, `${basename(inside.notePrefix)}${number}.txt`);
    const file = await open(path, flags, 0o600).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
      throw error;
    });
    if (!file) continue;
    try {
      await file.writeFile(line);
      // Change the owner only now, so that the extension can't read a note before it is complete.
      await file.chown(uid, gid);
    } finally {
      await file.close();
    }
    return;
  }
}
