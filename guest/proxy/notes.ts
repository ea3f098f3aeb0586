/** What the host has to say of a tool's acts, read from the agent's folder and added to the tool's result. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Pi, PiToolResult } from './pi';

/** Each is read once. One that cannot be read yet is being written. */
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

/** Adds what the host has to say, in files that begin with `prefix`, to the result of the tool that runs. */
export function addNotes(pi: Pick<Pi, 'on'>, prefix: string): void {
  pi.on('tool_result', async (event) => {
    const { content } = event as PiToolResult;
    const said = await takeNotes(prefix);
    return said === '' ? undefined : { content: [...content, { type: 'text', text: `[Piwork] ${said}` }] };
  });
}
