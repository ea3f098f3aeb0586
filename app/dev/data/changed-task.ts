/** A task with turns: each kind of change, a large turn, one partly undone. */
import type { Preview } from '../../../schema/artifacts';
import type { TaskSummary } from '../../../schema/task-summary';
import type { ConversationItem } from '../../../schema/conversation';
import { fakeTask } from './tasks';
import type { FakeTask } from './tasks';
import { fakeChange, fakeTurn, type FakeTurn } from './turns';

const minuteMs = 60_000;

const text = (content: string): Preview => ({ kind: 'text', text: content, isTruncated: false });

const picture = (colour: string): Preview => ({
  kind: 'image',
  mimeType: 'image/svg+xml',
  dataBase64: btoa(
    `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320"><rect width="480" height="320" fill="#eee"/><circle cx="240" cy="160" r="96" fill="${colour}"/></svg>`,
  ),
});

const before = Array.from({ length: 60 }, (_, index) => `Line ${index + 1} of the report.\n`).join('');
const after = before
  .replace('Line 12 of the report.\n', 'Line 12 of the yearly report.\n')
  .replace('Line 40 of the report.\n', '')
  .replace('Line 41 of the report.\n', 'Line 41, rewritten.\nAnd one more line below it.\n');

const messages = [
  ['p-one', 'Rename the pictures by date, and put the old drafts away.'],
  ['p-two', 'Add the word “yearly” to the report where it is missing.'],
  ['p-three', 'Sort everything into folders by client and month, and remove what is empty.'],
] as const;

/** A conversation of three turns. */
const items = (now: number): readonly ConversationItem[] =>
  messages.flatMap(([promptId, message], index): ConversationItem[] => {
    const at = now - (30 - index * 10) * minuteMs;
    return [
      { id: `user-${promptId}`, at, kind: 'user', text: message, promptId },
      {
        id: `answer-${promptId}`,
        at: at + 4000,
        kind: 'assistant',
        text: 'That is done. The changes are listed beside this conversation.',
        thinking: '',
        isStreaming: false,
        stopReason: 'stop',
      },
    ];
  });

/** The task itself, idle or working. */
export const changedTask = (now: number, activity: TaskSummary['activity']): FakeTask =>
  fakeTask(
    'changes',
    {
      title: 'Sort the reports',
      updatedAt: now,
      activity,
      promptInFlight: activity === 'running' ? 'p-three' : null,
    },
    { items: items(now) },
  );

/** Its turns. */
export const changedTurns = (now: number): readonly FakeTurn[] => [
  fakeTurn(
    1,
    { promptId: 'p-one', at: now - 30 * minuteMs, state: 'partly-taken-back' },
    {
      takenBack: ['r2'],
      changes: [
        fakeChange('r1', { kind: 'renamed', from: 'Pictures/IMG_0012.jpg', to: 'Pictures/2025-06-01.jpg' }),
        fakeChange('r2', { kind: 'renamed', from: 'draft.txt', to: 'Old/draft.txt' }),
        fakeChange('m1', { kind: 'mode', from: 'run.sh', to: 'run.sh' }),
      ],
      compared: { r1: { before: picture('#1f6a5b'), after: picture('#1f6a5b') } },
    },
  ),
  fakeTurn(2, { promptId: null, kind: 'outside', at: now - 22 * minuteMs }, { changes: [fakeChange('notes.md', {})] }),
  fakeTurn(
    3,
    { promptId: 'p-two', at: now - 20 * minuteMs },
    {
      changes: [
        fakeChange('Reports/2025/report.txt', { sizeBefore: before.length, sizeAfter: after.length }),
        fakeChange('Reports/logo.svg', { sizeBefore: 4100, sizeAfter: 4100 }),
        fakeChange('Archive/video.mkv', { sizeBefore: 41e9, sizeAfter: 41e9, isKept: false }),
      ],
      compared: {
        'Reports/2025/report.txt': { before: text(before), after: text(after) },
        'Reports/logo.svg': { before: picture('#b3261e'), after: picture('#1f6a5b') },
        'Archive/video.mkv': {
          before: { kind: 'none', reason: 'Piwork kept no content, or this is not a regular file.' },
          after: { kind: 'none', reason: 'This kind of file has no preview.' },
        },
      },
    },
  ),
  fakeTurn(
    4,
    { promptId: 'p-three', at: now - 10 * minuteMs },
    {
      changes: [
        fakeChange('c1', { kind: 'created', from: null, to: 'By client/index.csv', sizeBefore: null }),
        fakeChange('d1', { kind: 'deleted', from: '2025/Q2/untitled.csv', to: null, sizeAfter: null, sizeBefore: 0 }),
        fakeChange('n1', { from: 'notes.md', to: 'notes.md' }),
        fakeChange('x1', { from: 'invoice\u202efdp.exe', to: 'invoice\u202efdp.exe' }),
        ...Array.from({ length: 640 }, (_, index) =>
          fakeChange(`s${index}`, {
            kind: 'renamed',
            from: `2025/file-${index}.xlsx`,
            to: `By client/Client ${index % 9}/file-${index}.xlsx`,
          }),
        ),
      ],
      conflicts: [
        { changeId: 'n1', path: 'notes.md', reason: 'changed-since' },
        { changeId: 'd1', path: '2025/Q2/untitled.csv', reason: 'not-kept' },
      ],
      compared: {
        c1: { before: null, after: { kind: 'csv', text: 'client,files\nA,12\nB,9\n', isTruncated: false } },
      },
    },
  ),
];
