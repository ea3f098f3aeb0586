import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilesChange } from './task-state';
import { failsWith, gate, makeService, state, useStateFolder } from './test/task-stage';

useStateFolder();

const goesOn: ReadonlyArray<readonly [FilesChange, string]> = [
  ['undo', 'A turn is being undone. Wait, or cancel it first.'],
  ['redo', 'A turn is being redone. Wait, or cancel it first.'],
  ['apply', 'Changes are being applied. Wait until this is done.'],
  ['discard', 'Changes are being discarded. Wait until this is done.'],
];

test.each(goesOn)("during %s, an act that can't be done says why", async (change, message) => {
  const { service, taskId, taskd, summary } = await makeService();
  const work = gate();
  const changed = service.changeFiles(taskId, change, () => work.passed);
  const refusal = { code: 'TASK_NOT_READY', message };
  await expect(service.prompt(taskId, 'Sort', 'p1')).rejects.toMatchObject(refusal);
  await expect(service.setReviewing(taskId, true)).rejects.toMatchObject(refusal);
  await expect(service.remove(taskId)).rejects.toMatchObject(refusal);
  await expect(service.changeFiles(taskId, 'undo', () => Promise.resolve())).rejects.toMatchObject(refusal);
  expect(taskd.types).toEqual([]);
  work.open();
  await changed;
  expect(summary()).toMatchObject({ activity: 'stopped', promptInFlight: null });
});

test("files are changed after the process has ended, and then the conversation is the session's", async () => {
  const { service, taskId, taskd, items, summary } = await makeService();
  await service.open(taskId);
  const session = [
    { type: 'session', id: 's', version: 3 },
    { type: 'message', id: 'm1', parentId: null, message: { role: 'user', content: 'Before' } },
  ];
  const done = await service.changeFiles(taskId, 'undo', async () => {
    expect(taskd.types).toEqual(['create_or_open_task', 'stop_task']);
    expect(summary().activity).toBe('stopped');
    const lines = session.map((entry) => `${JSON.stringify(entry)}\n`);
    await writeFile(join(service.places(taskId).session, 'session.json'), lines.join(''));
    return 'done';
  });
  expect(done).toBe('done');
  expect(await items()).toMatchObject([{ kind: 'user', text: 'Before' }]);
});

test('an opening in progress finishes first, and a new one waits', async () => {
  const { service, taskId, taskd } = await makeService();
  const work = gate();
  const first = service.open(taskId);
  const changed = service.changeFiles(taskId, 'apply', () => work.passed);
  await first;
  const second = service.open(taskId);
  await new Promise((resolve) => setImmediate(resolve));
  expect(taskd.types).toEqual(['create_or_open_task', 'stop_task']);
  work.open();
  await Promise.all([changed, second]);
  expect(taskd.types).toEqual(['create_or_open_task', 'stop_task', 'create_or_open_task']);
});

test('a change is refused during a run, and one that fails leaves the task ready', async () => {
  const { service, taskId, running, event } = await makeService();
  await service.prompt(taskId, 'Sort', 'p1');
  await running();
  await expect(service.changeFiles(taskId, 'undo', () => Promise.resolve())).rejects.toEqual(
    failsWith('TASK_NOT_READY'),
  );
  await event('agent_settled', { promptId: 'p1', isAborted: false });
  await expect(service.changeFiles(taskId, 'undo', () => Promise.reject(new Error('No space.')))).rejects.toThrow(
    'No space.',
  );
  await service.prompt(taskId, 'Sort', 'p2');
  await running();
  expect(service.places(taskId).session).toBe(join(state.taskstate, taskId, 'session'));
});
