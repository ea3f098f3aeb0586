/** Sentences that the agent is to read with the result of its tool, left in a folder that it owns. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inside } from '../sandbox/layout';

/**
 * Writes a sentence into the agent's folder, where the extension finds it. The agent owns that folder and may put
 * anything there: a file of that name is never opened, no link is followed, and the owner is set by the handle.
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
      // Only now can it be read, when it is whole.
      await file.chown(uid, gid);
    } finally {
      await file.close();
    }
    return;
  }
}
