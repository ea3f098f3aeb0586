import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RpcError } from '../../schema/errors';
import type { TaskServiceOptions } from './task-ports';
import { FakeTaskd } from './test/fake-taskd';
import { extensions, failsWith, gate, makeService, notices, piConfig, state, useStateFolder } from './test/task-stage';

useStateFolder();

describe('a prompt', () => {
  test('is accepted immediately, opens the task, and its run ends when the agent has settled', async () => {
    const vm = gate();
    const { service, taskd, taskId, summary, event, items, settled, running } = await makeService(undefined, {
      startVm: () => vm.passed,
    });
    await service.prompt(taskId, 'Sort my files', 'p1');
    expect(summary()).toMatchObject({ activity: 'starting', promptInFlight: 'p1' });
    expect(service.isBusy).toBe(true);
    expect(await items()).toMatchObject([{ kind: 'user', text: 'Sort my files', promptId: 'p1' }]);
    vm.open();
    await running();
    await event('agent_settled', { promptId: 'p1', isAborted: false });
    expect(taskd.calls).toEqual([
      {
        type: 'create_or_open_task',
        payload: { taskId, model: 'tour/tour', hasWorkingFolder: false, piConfig, extensions },
      },
      { type: 'prompt', payload: { taskId, message: 'Sort my files', promptId: 'p1' } },
    ]);
    expect(settled).toEqual([{ taskId, promptId: 'p1', ending: 'answered', isAborted: false, problem: null }]);
    expect(summary()).toMatchObject({ activity: 'idle', promptInFlight: null, problem: null });
    expect(service.isBusy).toBe(false);
  });

  test('is refused during a run', async () => {
    const { service, taskId, running } = await makeService();
    await service.prompt(taskId, 'one', 'p1');
    await expect(service.prompt(taskId, 'two', 'p2')).rejects.toEqual(failsWith('TASK_NOT_READY'));
    await running();
    await expect(service.prompt(taskId, 'two', 'p2')).rejects.toEqual(failsWith('TASK_NOT_READY'));
  });

  test.each<[string, Partial<TaskServiceOptions>, ConstructorParameters<typeof FakeTaskd>[0]]>([
    ['the workspace does not start', { startVm: () => Promise.reject(new RpcError('VM_FAILED', 'No QEMU.')) }, {}],
    [
      'the task cannot be opened',
      {},
      { create_or_open_task: () => Promise.reject(new RpcError('TASK_BOOTSTRAP_FAILED', 'No QEMU.')) },
    ],
    ['pi refuses it', {}, { prompt: () => Promise.reject(new RpcError('INVALID_REQUEST', 'No QEMU.')) }],
  ])('says why when %s, and another one may follow', async (_name, over, answers) => {
    const { service, taskId, summary, items, settled, nextSettled } = await makeService(new FakeTaskd(answers), over);
    const end = nextSettled();
    await service.prompt(taskId, 'Sort', 'p1');
    await end;
    expect(settled).toEqual([{ taskId, promptId: 'p1', ending: 'failed', isAborted: false, problem: 'No QEMU.' }]);
    expect(summary()).toMatchObject({ activity: 'failed', problem: 'No QEMU.', promptInFlight: null });
    expect(notices(await items())).toEqual(['No QEMU.']);
    const secondEnd = nextSettled();
    await service.prompt(taskId, 'Again', 'p2');
    expect(summary()).toMatchObject({ activity: 'starting', problem: null });
    await secondEnd;
  });

  test('that an extension handles settles without a run', async () => {
    const taskd = new FakeTaskd({
      prompt: ({ taskId, promptId }) => ({ accepted: true, taskId, promptId, disposition: 'handled' }),
    });
    const { service, taskId, settled, nextSettled } = await makeService(taskd);
    const end = nextSettled();
    await service.prompt(taskId, '/help', 'p1');
    await end;
    expect(settled).toEqual([{ taskId, promptId: 'p1', ending: 'answered', isAborted: false, problem: null }]);
  });

  test("fails, and doesn't hang, when the conversation can't be read; the next try reads it again", async () => {
    const { service, taskId, summary, running } = await makeService();
    const session = join(state.taskstate, taskId, 'session', 'session.json');
    await mkdir(session);
    await expect(service.prompt(taskId, 'Sort', 'p1')).rejects.toThrow("isn't a regular file");
    expect(summary()).toMatchObject({ activity: 'failed', promptInFlight: null });
    await rm(session, { recursive: true });
    await service.prompt(taskId, 'Sort', 'p2');
    await running();
  });

  test('also ends when nothing can be written', async () => {
    const { service, taskId, event, settled, running, logged } = await makeService();
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await rm(join(state.tasks, taskId), { recursive: true });
    await event('agent_settled', { promptId: 'p1', isAborted: false });
    expect(settled).toHaveLength(1);
    expect(logged).toEqual([expect.stringContaining("couldn't save")]);
  });
});

describe('a question', () => {
  const question = { id: 'q1', method: 'confirm', title: 'Delete?', message: '3 files' };

  test('makes the task wait for the person, and continue after the answer', async () => {
    const { service, taskd, taskId, event, summary, running } = await makeService();
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await event('ui_request', question);
    expect(summary()).toMatchObject({ activity: 'needs_you', dialogs: [{ ...question, openedAt: 5_000 }] });
    await service.answer(taskId, 'q1', { confirmed: true });
    expect(taskd.calls.at(-1)).toEqual({
      type: 'extension_ui_response',
      payload: { taskId, id: 'q1', answer: { confirmed: true } },
    });
    await event('ui_request_closed', { id: 'q1', reason: 'answered' });
    expect(summary()).toMatchObject({ activity: 'running', dialogs: [] });
  });

  test('that is no longer open is removed, and the person sees a notice', async () => {
    const taskd = new FakeTaskd({ extension_ui_response: () => ({ accepted: false }) });
    const { service, taskId, event, summary } = await makeService(taskd);
    await event('ui_request', question);
    await expect(service.answer(taskId, 'q1', { confirmed: true })).rejects.toEqual(failsWith('NOT_FOUND'));
    expect(summary().dialogs).toEqual([]);
  });
});
