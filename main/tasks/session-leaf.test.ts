import { mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConversation } from './read-session';
import { leafBeforeTakeBack, leafOf, moveLeaf } from './session-leaf';

let folder: string;
let file: string;
const user = (id: string, parentId: string | null, text: string): string =>
  JSON.stringify({
    type: 'message',
    id,
    parentId,
    timestamp: '2026-01-01T00:00:00Z',
    message: { role: 'user', content: text },
  });
const said = async (): Promise<string[]> =>
  (await readConversation(file)).flatMap((item) => (item.kind === 'user' ? [item.text] : []));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-leaf-'));
  file = join(folder, 'session.json');
  const head = JSON.stringify({ type: 'session', version: 3, id: 'task', timestamp: '2026-01-01T00:00:00Z', cwd: '/' });
  await writeFile(
    file,
    `${[head, user('a', null, 'one'), user('b', 'a', 'two'), user('c', 'b', 'three')].join('\n')}\n`,
  );
});
afterEach(() => rm(folder, { recursive: true }));

test('the conversation goes back and forward again, and nothing that was said is lost', async () => {
  const before = await readFile(file, 'utf8');
  expect(await leafOf(file)).toBe('c');
  await moveLeaf(file, 'a', 2);
  expect(await said()).toEqual(['one']);
  expect(await leafBeforeTakeBack(file, 2)).toEqual({ leaf: 'c' });
  await moveLeaf(file, 'c', 2);
  expect(await said()).toEqual(['one', 'two', 'three']);
  expect((await readFile(file, 'utf8')).startsWith(before)).toBe(true);
});

test('the first turn goes back to nothing', async () => {
  await moveLeaf(file, null, 1);
  expect(await said()).toEqual([]);
  expect(await leafBeforeTakeBack(file, 2)).toBeNull();
});

test('a line cut off by a power failure stays a separate line', async () => {
  await writeFile(file, '{"type":"mess', { flag: 'a' });
  await moveLeaf(file, 'b', 3);
  expect(await said()).toEqual(['one', 'two']);
});

test('a task without messages has no leaf, and none is made', async () => {
  await rm(file);
  expect(await leafOf(file)).toBeNull();
  await moveLeaf(file, null, 1);
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

describe('a link that the agent put in the place of the session', () => {
  let outside: string;
  beforeEach(async () => {
    outside = join(folder, 'outside');
    await rename(file, outside);
    await symlink(outside, file);
  });

  test.failing('is not read', async () => {
    expect(await leafOf(file).catch(() => null)).toBeNull();
    expect(await said().catch(() => [])).toEqual([]);
  });

  test.failing('is not written through', async () => {
    const before = await readFile(outside, 'utf8');
    await moveLeaf(file, 'a', 2).catch(() => undefined);
    expect(await readFile(outside, 'utf8')).toBe(before);
  });
});
