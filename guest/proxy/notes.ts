/** The host's notes on what a tool did: read from the agent's folder and added to the tool's result. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Pi, PiToolResult } from './pi';

/** Each note is read once. One that can't be read yet is still being written. */
async function takeNotes(prefix: string): Promise<string> {
  const folder = dirname(prefix);
  const names = await readdir(folder).catch(() => []);
  const said: string[] = [];
  for (const name of names.filter((one) => one.startsWith(basename(prefix))).sort()) {
    try {
      said.push(await readFile(join(folder, name), 'utf8'));
      await rm(join(folder, name));
    } catch {
      continue;
    }
  }
  return said.join('\n');
}

/** Adds the host's notes, in files that begin with `prefix`, to the result of the running tool. */
export function addNotes(pi: Pick<Pi, 'on'>, prefix: string): void {
  pi.on('tool_result', async (event) => {
    const { content } = event as PiToolResult;
    const said = await takeNotes(prefix);
    return said === '' ? undefined : { content: [...content, { type: 'text', text: `[Piwork] ${said}` }] };
  });
}
