import { mkdir, mkdtemp, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conversationOf } from '../../main/tasks/read-session';
import { readSession } from './session-file';
import { leafOf, moveLeaf } from './session-leaf';

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
const said = (): string[] =>
  conversationOf(readSession(folder).text).flatMap((item) => (item.kind === 'user' ? [item.text] : []));

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
  expect(leafOf(folder)).toBe('c');
  await moveLeaf(folder, 2, 'a');
  expect(said()).toEqual(['one']);
  await moveLeaf(folder, 2);
  expect(said()).toEqual(['one', 'two', 'three']);
  expect((await readFile(file, 'utf8')).startsWith(before)).toBe(true);
});

test('the first turn goes back to nothing', async () => {
  await moveLeaf(folder, 1, null);
  expect(said()).toEqual([]);
});

test('a turn that was never undone moves nothing', async () => {
  const before = await readFile(file, 'utf8');
  await moveLeaf(folder, 2);
  expect(await readFile(file, 'utf8')).toBe(before);
});

test('a line cut off by a power failure stays a separate line', async () => {
  await writeFile(file, '{"type":"mess', { flag: 'a' });
  await moveLeaf(folder, 3, 'b');
  expect(said()).toEqual(['one', 'two']);
});

test('a task without messages has no leaf, and none is made', async () => {
  await rm(file);
  expect(leafOf(folder)).toBeNull();
  await moveLeaf(folder, 1, null);
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

describe('a link with which the agent replaced the session', () => {
  let outside: string;
  beforeEach(async () => {
    outside = `${folder}-outside`;
    await rename(file, outside);
    await symlink(outside, file);
  });
  afterEach(() => rm(outside));

  test("isn't read", () => {
    expect(() => leafOf(folder)).toThrow('session.json is a link, and Piwork follows none');
    expect(() => said()).toThrow('session.json is a link');
  });

  test("isn't written through", async () => {
    const before = await readFile(outside, 'utf8');
    await expect(moveLeaf(folder, 2, 'a')).rejects.toThrow('session.json is a link');
    expect(await readFile(outside, 'utf8')).toBe(before);
  });
});

test('a directory in its place, and a session that is too large, are refused with a message', async () => {
  await truncate(file, 128 * 1_048_576 + 1);
  expect(() => leafOf(folder)).toThrow('session.json is larger than 128 MB');
  await rm(file);
  await mkdir(file);
  expect(() => leafOf(folder)).toThrow("session.json isn't a regular file");
});
