import type { Approval } from '../../../schema/approvals';
import { parseCommand, UsageError } from './arguments';
import { describeApproval } from './run-command';
import { describeChange, describeCounts, describeOutcome } from './turn-command';

const none = { created: 0, changed: 0, renamed: 0, deleted: 0, mode: 0, times: 0 };

test('counts in words', () => {
  expect(describeCounts(none)).toBe('no files changed');
  expect(describeCounts({ ...none, created: 3, deleted: 1 })).toBe('3 created, 1 deleted');
});

test('a change as a line', () => {
  const change = { id: '1', fileKind: 'file', sizeBefore: 1, sizeAfter: 1, isKept: true } as const;
  expect(describeChange({ ...change, area: 'folder', kind: 'renamed', from: 'a', to: 'b' })).toBe('renamed  a → b');
  expect(describeChange({ ...change, area: 'outputs', kind: 'created', from: null, to: 'x.md' })).toBe(
    'created  outputs/x.md',
  );
});

test.each([
  [{ done: 3 }, 'Undone: 3 changes of turn 2.'],
  [{ done: 1, isRedo: true }, 'Redone: 1 change of turn 2.'],
  [{ done: 0 }, 'Undone: turn 2. It changed no files.'],
  [{ done: 0, left: ['a.txt'] }, 'Undone: 0 changes of turn 2.'],
  [
    { done: 4, isCancelled: true },
    'Undone: 4 changes of turn 2. You stopped before it finished; run the command again to do the rest.',
  ],
])('the outcome %j as a line', (outcome, line) => {
  expect(describeOutcome({ turn: 2, isRedo: false, left: [], isCancelled: false, ...outcome })).toBe(line);
});

test('a question as a line', () => {
  const approval: Approval = {
    id: 'q',
    taskId: 'task-1',
    kind: 'delete',
    path: 'a.txt',
    to: null,
    sentence: null,
    sizeBytes: 1,
    fileKind: 'file',
    program: 'rm -r docs',
    count: 3,
    openedAt: 0,
    expiresAt: 1,
  };
  expect(describeApproval(approval)).toBe('rm -r docs wants to delete a.txt and 2 more.');
  expect(describeApproval({ ...approval, program: null, kind: 'rename', to: 'b', count: 1 })).toBe(
    'The agent wants to move a.txt to b.',
  );
  expect(describeApproval({ ...approval, sentence: 'Delete 3 files in docs?' })).toBe(
    'Delete 3 files in docs? (rm -r docs)',
  );
});

test.each([
  [['undo'], { kind: 'undo', taskId: null, turn: null, paths: [], isJson: false }],
  [['undo', '--turn', '3', 'a.txt'], { kind: 'undo', taskId: null, turn: 3, paths: ['a.txt'], isJson: false }],
  [['changes', '--json'], { kind: 'changes', taskId: null, turn: null, paths: [], isJson: true }],
  [['apply', 'a.txt'], { kind: 'apply', taskId: null, paths: ['a.txt'], isJson: false }],
])('%j', (words, command) => {
  expect(parseCommand(words)).toEqual(command);
});

test.each([[['undo', '--turn', 'two']], [['redo', 'a.txt']], [['review', 'a']], [['run', '--allow', 'all', 'x']]])(
  '%j is refused',
  (words) => {
    expect(() => parseCommand(words)).toThrow(UsageError);
  },
);

test('what a run may do without a question', () => {
  expect(parseCommand(['run', '--allow', 'delete,rename', '--allow', 'change', 'x'])).toMatchObject({
    allow: ['delete', 'rename', 'change'],
    reviewsChanges: false,
  });
});
