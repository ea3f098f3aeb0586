/** What a patch in apply_patch notation does to files, as calls that rules know. Pure. */
import type { GatedCall } from './gated-call';

const headers: Readonly<Record<string, (path: string) => GatedCall>> = {
  'Add File': (path) => ({ tool: 'write', input: { path } }),
  'Update File': (path) => ({ tool: 'edit', input: { path } }),
  'Delete File': (path) => ({ tool: 'bash', input: { command: `rm -- ${quoted(path)}` } }),
};

const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;

/** In the order of the patch; none when it isn't a patch. */
export function patchedFiles(patch: string): readonly GatedCall[] {
  const calls: GatedCall[] = [];
  let updated = '';
  for (const line of patch.split('\n')) {
    const header = /^\*\*\* (Add File|Update File|Delete File|Move to): (.+?)\s*$/.exec(line);
    if (!header) continue;
    const [, kind = '', path = ''] = header;
    if (kind === 'Update File') updated = path;
    const make = headers[kind];
    const moved = `mv -- ${quoted(updated)} ${quoted(path)}`;
    calls.push(make ? make(path) : { tool: 'bash', input: { command: moved } });
  }
  return calls;
}
