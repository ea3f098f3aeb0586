/** Questions during `run`: those about an act are shown, those of the agent are declined. */
import type { Dialog } from '../../../schema/dialogs';
import type { TaskSummary } from '../../../schema/task-summary';
import type { Approval } from '../../../schema/approvals';
import { taskId, usage } from './test/played-host';
import { passOn, setRunStage, type RunStage } from './test/run-stage';

let stage: RunStage;
beforeEach(() => (stage = setRunStage()));
afterEach(() => stage.end());

const summary = (dialogs: readonly Dialog[]): TaskSummary => ({
  ...{
    taskId,
    title: 'Summarise',
    workingFolder: null,
    reviewsChanges: false,
    folderProblem: null,
    openingAhead: null,
  },
  ...{ model: 'tour/tour', createdAt: 0, updatedAt: 0, activity: 'running', problem: null, promptInFlight: null },
  ...{ dialogs: [...dialogs], usage },
});

const approval = (change: Partial<Approval> = {}): Approval => ({
  ...{ id: 'q-1', taskId, kind: 'delete', path: 'a.txt', to: null, sentence: null, sizeBytes: 1, fileKind: 'file' },
  ...{ program: 'rm a.txt', count: 1, openedAt: 0, expiresAt: 1 },
  ...change,
});

test.each([
  ['yes', { allow: true, scope: 'once' }],
  ['all', { allow: true, scope: 'turn' }],
  ['no', { allow: false }],
])('%s answers a question about an act', async (word, answer) => {
  const { ended, promptId } = await stage.begin();
  stage.host.emit({ event: 'approval.changed', payload: approval() });
  stage.host.emit({ event: 'approval.changed', payload: approval({ count: 2 }) });
  await passOn();
  expect([...stage.terminal.questions]).toEqual([['q-1', 'rm a.txt wants to delete a.txt.']]);
  stage.terminal.answer('q-1', word);
  await passOn();
  expect(stage.host.calls.slice(2)).toEqual([['approval.answer', { id: 'q-1', answer }]]);
  stage.settle(promptId);
  expect(await ended).toBe(0);
});

test('a question that closes first gets no answer', async () => {
  const { ended, promptId } = await stage.begin();
  stage.host.emit({ event: 'approval.changed', payload: approval() });
  stage.host.emit({ event: 'approval.closed', payload: { id: 'q-1', outcome: 'expired' } });
  stage.settle(promptId);
  await ended;
  expect(stage.host.calls.map(([name]) => name)).toEqual(['task.create', 'task.prompt']);
});

test("a question of another task isn't shown", async () => {
  const { ended, promptId } = await stage.begin();
  stage.host.emit({ event: 'approval.changed', payload: approval({ taskId: 'task-2' }) });
  stage.settle(promptId);
  await ended;
  expect(stage.terminal.questions.size).toBe(0);
});

test.each([
  ['without a person', false, false],
  ['with --json', true, true],
])('%s no question is shown, and the host knows', async (_where, canAsk, isJson) => {
  stage.terminal.canAsk = canAsk;
  const { ended, promptId } = await stage.begin({ isJson, allow: ['delete'] });
  stage.host.emit({ event: 'approval.changed', payload: approval() });
  stage.settle(promptId);
  await ended;
  expect(stage.terminal.questions.size).toBe(0);
  expect(stage.host.calls[1]).toMatchObject(['task.prompt', { approvals: { allow: ['delete'], canAsk: false } }]);
});

test('a question of the agent is declined once, with a note', async () => {
  const { ended, promptId } = await stage.begin();
  const dialog: Dialog = { id: 'd-1', title: 'Which year?', method: 'input' };
  stage.host.emit({ event: 'task.changed', payload: summary([dialog]) });
  stage.host.emit({ event: 'task.changed', payload: summary([dialog]) });
  stage.host.emit({ event: 'task.changed', payload: { ...summary([{ ...dialog, id: 'd-2' }]), taskId: 'task-2' } });
  stage.settle(promptId);
  expect(await ended).toBe(0);
  expect(stage.host.calls.slice(2)).toEqual([
    ['task.answer', { taskId, dialogId: 'd-1', answer: { cancelled: true } }],
  ]);
  expect(stage.terminal.printed).toHaveLength(2);
  expect(stage.terminal.printed[0]).toMatch(/^note: /);
});
