import type { Approval } from '../../schema/approvals';
import type { ForeseenFile } from '../../schema/files-api';
import type { AheadRequest } from './ahead-request';
import { aheadSentence } from './ahead-sentence';
import { act, settled, stage } from './test/stage';

const file = (path: string, change: Partial<ForeseenFile> = {}): ForeseenFile => ({
  kind: 'delete',
  path,
  to: null,
  sizeBytes: 12,
  fileKind: 'file',
  fileCount: 1,
  ...change,
});

const ahead = (change: Partial<AheadRequest> = {}): AheadRequest => ({
  taskId: 'task-a',
  program: 'rm -r Reports',
  files: [file('Reports/a.txt'), file('Reports/b.txt')],
  reasons: [],
  ...change,
});

const folder = { fileKind: 'directory', sizeBytes: null } as const;

it.each<[string, Partial<AheadRequest>]>([
  ['Delete 2 files in Reports?', {}],
  ['Delete Reports/a.txt?', { files: [file('Reports/a.txt')] }],
  ['Delete the folder Reports with 41 files in it?', { files: [file('Reports', { ...folder, fileCount: 41 })] }],
  ['Delete the folder Empty?', { files: [file('Empty', { ...folder, fileCount: 0 })] }],
  ['Delete the link l?', { files: [file('l', { fileKind: 'symlink' })] }],
  ['Delete 3 files?', { files: [file('a'), file('b/c'), file('d')] }],
  ['Delete 2 files in A/B?', { files: [file('A/B/c/d'), file('A/B/e')] }],
  ['Delete 2 files?', { files: [file('A/x'), file('AB/y')] }],
  ['Rename a to b?', { files: [file('a', { kind: 'rename', to: 'b' })] }],
  ['Move a to old/a?', { files: [file('a', { kind: 'rename', to: 'old/a' })] }],
  ['Change 2 files in B?', { files: ['B/1', 'B/2'].map((path) => file(path, { kind: 'change' })) }],
  ['Change a?', { files: [file('a', { kind: 'change' })] }],
  ['Move a out of the folder?', { files: [file('a', { to: '/tmp/a' })] }],
  [
    'Delete a, and move 2 files in B?',
    { files: [file('a'), ...['B/1', 'B/2'].map((path) => file(path, { kind: 'rename', to: 'C' }))] },
  ],
  ['Run a command that keeps running until it is stopped?', { files: [], reasons: ['long_running'] }],
  ['Delete a, and run a command that wants to use the network?', { files: [file('a')], reasons: ['network'] }],
])('says %s', (sentence, change) => {
  expect(aheadSentence(ahead(change))).toBe(sentence);
});

function begun(canAsk = true) {
  const { approvals, ...rest } = stage();
  approvals.beginTurn('task-a', { allow: [], canAsk });
  return { approvals, ...rest };
}

const only = (open: readonly Approval[]): Approval => {
  expect(open).toHaveLength(1);
  return open[0]!;
};

test('a command is asked about once, and what was allowed is done without another question', async () => {
  const { approvals } = begun();
  const decided = approvals.decideAhead(ahead());
  const question = only(approvals.open);
  expect(question).toMatchObject({ sentence: 'Delete 2 files in Reports?', program: 'rm -r Reports', count: 2 });
  approvals.answer(question.id, { allow: true, scope: 'once' });
  expect(await decided).toEqual({ isAllowed: true, outcome: 'allowed' });
  for (const path of ['Reports/a.txt', 'Reports/b.txt', 'Reports/b.txt/below']) {
    expect(await approvals.decide(act({ path }))).toEqual({ isAllowed: true, outcome: 'granted' });
  }
  const log = await approvals.log('task-a');
  expect(log.map(({ outcome, count }) => [outcome, count])).toEqual([
    ['allowed', 2],
    ['granted', 3],
  ]);
});

test('Allow covers nothing else, no other kind and no other turn', async () => {
  const { approvals } = begun();
  const decided = approvals.decideAhead(ahead());
  approvals.answer(only(approvals.open).id, { allow: true, scope: 'once' });
  await decided;
  const others = [{ path: 'Reports/c.txt' }, { path: 'Reports/a.txt2' }, { kind: 'rename', to: 'x' } as const];
  others.forEach((change, index) => void approvals.decide(act({ pid: 200 + index, ...change })));
  expect(approvals.open).toHaveLength(others.length);
  approvals.beginTurn('task-a', { allow: [], canAsk: true });
  void approvals.decide(act());
  expect(approvals.open).toHaveLength(1);
});

test('Deny is the answer, with its reason, and the agent is told once', async () => {
  const { approvals, told } = begun();
  const decided = approvals.decideAhead(ahead());
  approvals.answer(only(approvals.open).id, { allow: false });
  expect(await decided).toEqual({
    isAllowed: false,
    outcome: 'denied',
    reason: expect.stringMatching(/^The person denied deleting "Reports\/a.txt" and 1 other\./) as string,
  });
  await settled();
  expect(told).toEqual([]);
});

test('no answer means denied, and so does a run in which nobody can be asked', async () => {
  const { approvals, clock } = begun();
  const decided = approvals.decideAhead(ahead());
  clock.advance(10 * 60_000);
  expect(await decided).toMatchObject({ isAllowed: false, outcome: 'expired', reason: expect.any(String) as string });
  const alone = begun(false).approvals;
  expect(await alone.decideAhead(ahead())).toMatchObject({ isAllowed: false, outcome: 'cancelled' });
  expect(alone.open).toEqual([]);
});

test('the end of a turn answers open questions', async () => {
  const { approvals } = begun();
  const decided = approvals.decideAhead(ahead());
  approvals.endTurn('task-a');
  expect(await decided).toMatchObject({ isAllowed: false, outcome: 'cancelled' });
});

test('Allow for the task grants each kind of act, and answers held acts too', async () => {
  const { approvals } = begun();
  const files = [file('a'), file('b', { kind: 'rename', to: 'c' })];
  const decided = approvals.decideAhead(ahead({ files, reasons: ['network'] }));
  const held = approvals.decide(act({ path: 'other' }));
  const question = approvals.open.find(({ sentence }) => sentence !== null)!;
  approvals.answer(question.id, { allow: true, scope: 'task' });
  expect(await Promise.all([decided, held])).toMatchObject([{ isAllowed: true }, { isAllowed: true }]);
  expect(approvals.grants.map(({ kind, scope }) => `${kind} ${scope}`)).toEqual([
    'delete task',
    'rename task',
    'run task',
  ]);
  expect(await approvals.decideAhead(ahead({ files, reasons: ['network'] }))).toMatchObject({ outcome: 'granted' });
});

test('a held act is never added to a question about a command', () => {
  const { approvals } = begun();
  void approvals.decideAhead(ahead());
  void approvals.decide(act({ pid: 0, path: 'Other/x' }));
  expect(approvals.open.map(({ count }) => count)).toEqual([2, 1]);
});
