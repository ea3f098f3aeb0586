/** A task whose changes wait for the person: each kind of change, and one file that the person changed since. */
import type { Preview } from '../../../schema/artifacts';
import type { TaskSummary } from '../../../schema/task-summary';
import { fakeTask } from './tasks';
import type { FakeTask } from './tasks';
import type { FakeReview } from './reviews';
import { fakeChange, fakeTurn, type FakeTurn } from './turns';

const minuteMs = 60_000;
const text = (content: string): Preview => ({ kind: 'text', text: content, isTruncated: false });
const message = 'Sort the invoices by client, correct their totals, and remove what is empty.';

/** The task itself, idle or working. */
export const reviewedTask = (now: number, activity: TaskSummary['activity'] = 'idle'): FakeTask =>
  fakeTask(
    'review',
    {
      title: 'Sort the invoices',
      reviewsChanges: true,
      updatedAt: now - minuteMs,
      activity,
      promptInFlight: activity === 'running' ? 'p-review' : null,
    },
    {
      items: [
        { id: 'user-review', at: now - 9 * minuteMs, kind: 'user', text: message, promptId: 'p-review' },
        {
          id: 'answer-review',
          at: now - minuteMs,
          kind: 'assistant',
          text: 'The invoices are sorted into a folder per client, and the totals of twelve are corrected.',
          thinking: '',
          isStreaming: false,
          stopReason: 'stop',
        },
      ],
    },
  );

/** Its turns: a run that left the folder as it was. */
export const reviewedTurns = (now: number): readonly FakeTurn[] => [
  fakeTurn(1, { promptId: 'p-review', at: now - 9 * minuteMs }),
];

const ofKind = (count: number, make: (index: number) => ReturnType<typeof fakeChange>) =>
  Array.from({ length: count }, (_, index) => make(index + 1));

/** Its pending changes. */
export const waitingReview: FakeReview = {
  changes: [
    fakeChange('note', { from: 'notes.md', to: 'notes.md', sizeBefore: 210, sizeAfter: 262 }),
    ...ofKind(11, (index) =>
      fakeChange(`total-${index}`, { from: `2025/total-${index}.csv`, to: `2025/total-${index}.csv` }),
    ),
    ...ofKind(3, (index) =>
      fakeChange(`new-${index}`, {
        ...{ kind: 'created', fileKind: 'directory', from: null, to: `By client/Client ${index}` },
        ...{ sizeBefore: null, sizeAfter: null },
      }),
    ),
    ...ofKind(41, (index) =>
      fakeChange(`move-${index}`, {
        ...{
          kind: 'renamed',
          from: `2025/invoice-${index}.pdf`,
          to: `By client/Client ${(index % 3) + 1}/invoice-${index}.pdf`,
        },
        ...{ sizeBefore: 84_210, sizeAfter: 84_210 },
      }),
    ),
    ...ofKind(3, (index) =>
      fakeChange(`gone-${index}`, {
        kind: 'deleted',
        from: `2025/empty-${index}.txt`,
        to: null,
        sizeBefore: 0,
        sizeAfter: null,
      }),
    ),
  ],
  compared: {
    note: {
      before: text('Invoices of 2025\n\nTotals are not checked.\n'),
      after: text('Invoices of 2025\n\nTotals are checked: twelve were wrong.\nSee “By client”.\n'),
    },
  },
  conflicts: [{ changeId: 'total-4', path: '2025/total-4.csv', reason: 'changed-since' }],
};
