import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeStateFolder, stateFolderAt, type StateFolder } from '../settings/state-folder';
import { noUsage, TaskStore, type TaskRecord } from './task-store';

let root = '';
let state: StateFolder;
let store: TaskStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'piwork-store-'));
  state = stateFolderAt(root);
  await makeStateFolder(state);
  store = new TaskStore(state);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const create = (title: string): Promise<TaskRecord> => store.create({ title, workingFolder: null, model: 'tour/tour' });
const fileOf = (taskId: string): string => join(state.tasks, taskId, 'task.json');

test('a task is stored with its own folders, and read back unchanged', async () => {
  const record = await create('Sort');
  expect(record).toEqual({
    version: 1,
    taskId: expect.stringMatching(/^task-[0-9a-f]{12}$/) as string,
    title: 'Sort',
    workingFolder: null,
    reviewsChanges: false,
    model: 'tour/tour',
    createdAt: record.updatedAt,
    updatedAt: record.updatedAt,
    usage: noUsage,
  });
  expect((await readdir(join(state.taskstate, record.taskId))).sort()).toEqual(['outputs', 'session', 'uploads']);
  expect((await stat(fileOf(record.taskId))).mode & 0o777).toBe(0o600);
  expect((await stat(join(state.tasks, record.taskId))).mode & 0o777).toBe(0o700);
  await store.save({ ...record, title: 'Letters' });
  expect(await store.load()).toEqual({ tasks: [{ ...record, title: 'Letters' }], setAside: [] });
});

test("an invalid record doesn't overwrite a valid one", async () => {
  const record = await create('Sort');
  await expect(store.save({ ...record, model: 'none' })).rejects.toThrow();
  expect((await store.load()).tasks).toEqual([record]);
});

test.each([
  ['torn', (text: string) => text.slice(0, 40)],
  ['empty', () => ''],
  ['of another task', (text: string) => text.replace(/task-[0-9a-f]{12}/, 'task-other')],
  ['of a later version', (text: string) => text.replace('"version": 1', '"version": 2')],
  ['with a field that is not known', (text: string) => text.replace('{', '{"admin":true,')],
])('a file that is %s is moved aside and reported, and the others load', async (_name, damage) => {
  const [good, bad] = [await create('good'), await create('bad')];
  const text = damage(await readFile(fileOf(bad.taskId), 'utf8'));
  await writeFile(fileOf(bad.taskId), text);
  const { tasks, setAside } = await store.load();
  expect(tasks).toEqual([good]);
  expect(setAside).toEqual([
    { path: expect.stringMatching(/task\.json\.bad-\d+$/) as string, reason: expect.any(String) as string },
  ]);
  expect(await readFile(setAside[0]?.path ?? '', 'utf8')).toBe(text);
  expect(await store.load()).toEqual({ tasks: [good], setAside: [] });
});

test("a file that can't be opened is reported, and the others load", async () => {
  const [good, bad] = [await create('good'), await create('bad')];
  await rm(fileOf(bad.taskId));
  await mkdir(fileOf(bad.taskId));
  expect(await store.load()).toEqual({
    tasks: [good],
    setAside: [{ path: fileOf(bad.taskId), reason: expect.stringContaining('EISDIR') as string }],
  });
});

test("what isn't a task is left alone", async () => {
  await mkdir(join(state.tasks, 'Notes of mine'));
  await mkdir(join(state.tasks, 'task-empty'));
  await writeFile(join(state.tasks, 'task-file'), 'text');
  expect((await store.load()).tasks).toEqual([]);
  expect((await readdir(state.tasks)).sort()).toEqual(['Notes of mine', 'task-empty', 'task-file']);
});

test.each([
  ['whole', []],
  ['without its record', ['tasks']],
  ['without its files', ['taskstate']],
] as const)('a task is moved aside: %s', async (_name, missing) => {
  const { taskId } = await create('Sort');
  for (const area of missing) await rm(join(state[area], taskId), { recursive: true });
  await store.remove(taskId);
  expect([await readdir(state.tasks), await readdir(state.taskstate)]).toEqual([[], []]);
  const [aside] = await readdir(state.removed);
  const left = (['tasks', 'taskstate'] as const).filter((area) => !(missing as readonly string[]).includes(area));
  expect((await readdir(join(state.removed, aside ?? ''))).sort()).toEqual(
    left.map((area) => (area === 'tasks' ? 'task' : 'state')).sort(),
  );
});
