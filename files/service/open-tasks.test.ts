/** Tasks that main names once: with the real worker's service, and real folders. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesApi, type TaskPlaces } from '../../schema/files-api';
import type { Client } from '../../schema/rpc';
import { connect } from '../../schema/rpc-client';
import { memoryPair } from '../../schema/transports/memory';
import { serveFiles } from './files-service';
import { OpenTasks } from './open-tasks';
import type { TaskFiles } from './task-files';

const taskId = 'task-000000000001';
let root: string;
const at = (...names: string[]): string => join(root, ...names);
const places = (over: Partial<TaskPlaces> = {}): TaskPlaces => ({
  ...{ taskId, folder: at('folder'), overlay: null, journal: at('journal') },
  ...{ session: at('session'), outputs: at('outputs'), uploads: at('uploads') },
  ...over,
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'piwork-open-'));
  mkdirSync(at('folder'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the service', () => {
  let client: Client<typeof filesApi>;
  let end: () => void;
  beforeEach(() => {
    const [near, far] = memoryPair();
    serveFiles(far);
    client = connect(filesApi, near).client;
    end = () => near.close();
  });
  afterEach(() => end());

  const removed = { code: 'TASK_NOT_FOUND', message: 'This task was removed.' };

  test("a task's places are named once, and later calls name only the task", async () => {
    await expect(client['turn.list']({ taskId })).rejects.toMatchObject(removed);
    await client['task.open']({ places: places() });
    expect(await client['files.serve']({ taskId })).toEqual({ isAnew: true });
    expect(await client['turn.begin']({ taskId, promptId: 'p-1' })).toEqual({ turn: 1 });
    expect(await client['turn.list']({ taskId })).toMatchObject({ turns: [{ turn: 1, promptId: 'p-1' }] });
    expect(await client['turn.changes']({ taskId, turn: 1 })).toEqual({ changes: [], isTruncated: false });
  });

  test('files are opened again after a withdrawal, and closed for good with the task', async () => {
    await client['task.open']({ places: places() });
    await client['turn.begin']({ taskId, promptId: 'p-1' });
    await client['files.withdraw']({ taskId });
    expect(await client['turn.list']({ taskId })).toMatchObject({ turns: [{ turn: 1, state: 'closed' }] });
    await client['task.close']({ taskId });
    await expect(client['turn.list']({ taskId })).rejects.toMatchObject(removed);
    await expect(client['area.list']({ taskId, area: 'outputs' })).rejects.toMatchObject(removed);
  });

  test("a task's own folders are created when missing, its working folder isn't", async () => {
    await client['task.open']({ places: places() });
    expect(await client['area.list']({ taskId, area: 'outputs' })).toEqual({ files: [] });
    await client['turn.list']({ taskId });
    expect(['session', 'outputs', 'uploads'].map((name) => existsSync(at(name)))).toEqual([true, true, true]);
    rmSync(at('folder'), { recursive: true });
    await expect(client['files.serve']({ taskId })).rejects.toMatchObject({ code: 'WORKSPACE_POLICY_VIOLATION' });
    expect(existsSync(at('folder'))).toBe(false);
  });

  test('a folder that was replaced by another is shown to the guest again', async () => {
    await client['task.open']({ places: places() });
    await client['files.serve']({ taskId });
    expect(await client['files.serve']({ taskId })).toEqual({ isAnew: false });
    renameSync(at('folder'), at('old'));
    mkdirSync(at('folder'));
    expect(await client['files.serve']({ taskId })).toEqual({ isAnew: true });
  });
});

test('a call opens nothing again and checks no folder, unless it must be sure', () => {
  let looks = 0;
  const log: string[] = [];
  const tasks = new OpenTasks({
    open: (opened) => {
      log.push(`open ${opened.folder === null ? 'no folder' : 'a folder'}`);
      const files = { places: opened, get isCurrent() { looks += 1; return true; } }; // prettier-ignore
      return files as unknown as TaskFiles;
    },
    close: () => log.push('close'),
  });
  tasks.name(places());
  const files = tasks.files(taskId);
  tasks.name(places());
  expect([tasks.files(taskId), tasks.files(taskId), looks]).toEqual([files, files, 0]);
  expect([tasks.current(taskId), looks]).toEqual([files, 1]);
  tasks.name(places({ folder: null }));
  tasks.files(taskId);
  expect(log).toEqual(['open a folder', 'close', 'open no folder']);
});
