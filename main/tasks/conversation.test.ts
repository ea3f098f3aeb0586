import { appendFile, mkdtemp, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationItem } from '../../schema/conversation';
import { Conversation, keepItems, loadItems, type ConversationFiles } from './conversation';
import { sessionIn } from './test/task-stage';

let folder = '';
let sessionFile = '';
let files: ConversationFiles;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-conversation-'));
  sessionFile = join(folder, 'session.json');
  files = { session: sessionIn(folder), cacheFile: join(folder, 'conversation.json') };
  const entry = { type: 'message', id: 'a', parentId: null, message: { role: 'user', content: 'from the session' } };
  await writeFile(sessionFile, `${JSON.stringify(entry)}\n`);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const kept: ConversationItem[] = [{ id: 'k', at: 1, kind: 'user', text: 'from the cache' }];
const told = [{ id: 'a', at: 0, kind: 'user', text: 'from the session' }];

test('the cache is used while the session is unchanged', async () => {
  expect(await loadItems(files)).toEqual(told);
  await keepItems(files, kept);
  expect(await loadItems(files)).toEqual(kept);
  expect((await stat(files.cacheFile)).mode & 0o777).toBe(0o600);
});

test.each<[string, () => Promise<unknown>]>([
  ['grew', () => appendFile(sessionFile, '\n')],
  ['was touched', () => utimes(sessionFile, 5, 5)],
])('a session that %s is read instead of the cache', async (_name, change) => {
  await keepItems(files, kept);
  await change();
  expect(await loadItems(files)).toEqual(told);
});

test('a session that is gone has an empty conversation', async () => {
  await keepItems(files, kept);
  await rm(sessionFile);
  expect(await loadItems(files)).toEqual([]);
});

test('a session that is a link to another file shows nothing of that file', async () => {
  await rename(sessionFile, join(folder, 'outside'));
  await symlink(join(folder, 'outside'), sessionFile);
  await expect(loadItems(files)).rejects.toThrow('session.json is a link, and Piwork follows none');
});

test.each(['', '{"session":', '{"session":"x","items":[{"kind":"unknown"}]}'])(
  'an unreadable cache is moved aside: %j',
  async (text) => {
    await writeFile(files.cacheFile, text);
    expect(await loadItems(files)).toEqual(told);
    const [aside] = (await readdir(folder)).filter((name) => name.startsWith('conversation.json.bad-'));
    expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(text);
  },
);

test('counts changes, reports each once, and gives every notice its own id', () => {
  const changes: unknown[][] = [];
  const conversation = new Conversation(kept, (...change) => changes.push(change));
  conversation.apply([]);
  conversation.apply([
    { type: 'append', id: 'k', field: 'text', delta: '!' },
    { type: 'patch', id: 'none', patch: { text: 'x' } },
  ]);
  conversation.notice('error', 'No.');
  conversation.notice('error', 'No.');
  expect(changes.map(([, revision]) => revision)).toEqual([2, 3, 4]);
  expect(conversation.revision).toBe(4);
  expect(conversation.items.map((item) => ('text' in item ? item.text : ''))).toEqual([
    'from the cache!',
    'No.',
    'No.',
  ]);
});
