import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addNotes } from './notes';
import type { PiContext, PiHandler } from './pi';

test("adds the host's notes to one result, after the tool's own text", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'piwork-notes-'));
  const prefix = join(folder, 'note-');
  const handlers: PiHandler[] = [];
  const on = (_event: string, handler: PiHandler): (() => void) => {
    handlers.push(handler);
    return () => undefined;
  };
  addNotes({ on }, prefix);
  const onResult = (event: object): unknown => handlers[0]?.(event, {} as PiContext);
  const content = [{ type: 'text', text: 'rm: cannot remove a' }];
  expect(await onResult({ content })).toBeUndefined();
  await writeFile(`${prefix}1.txt`, 'The person did not allow it.');
  expect(await onResult({ content })).toEqual({
    content: [...content, { type: 'text', text: '[Piwork] The person did not allow it.' }],
  });
  expect(await onResult({ content })).toBeUndefined();
  await rm(folder, { recursive: true });
});
