/** The other tasks on the list, one in each state. */
import { summaryConversation } from './conversations';
import { fakeHome } from './folders';
import { fakeTask, type FakeTask } from './tasks';

const minuteMs = 60_000;

/** One task in each state. */
export const otherTasks = (now: number): readonly FakeTask[] => [
  fakeTask('invoices', {
    title: "Sort last year's invoices by client and month",
    workingFolder: `${fakeHome}/Documents/Invoices 2025`,
    activity: 'needs_you',
    promptInFlight: 'p-1',
    updatedAt: now - minuteMs,
    dialogs: [{ id: 'd1', method: 'confirm', title: 'Move 41 files?', message: 'They go into one folder per client.' }],
  }),
  fakeTask('photos', {
    title: 'Rename photos by date',
    workingFolder: `${fakeHome}/Pictures/Summer`,
    activity: 'running',
    promptInFlight: 'p-2',
    updatedAt: now - 2 * minuteMs,
  }),
  fakeTask('planner', {
    title: 'Tests for the garden planner',
    workingFolder: `${fakeHome}/Projects/garden-planner`,
    activity: 'failed',
    problem: 'The agent stopped unexpectedly. The conversation is kept. Retry to continue.',
    model: 'anthropic/claude-sonnet-4',
    updatedAt: now - 3 * 60 * minuteMs,
  }),
  fakeTask('letter', { title: 'Draft a letter', workingFolder: null, updatedAt: now - 26 * 60 * minuteMs }),
  fakeTask('downloads', {
    title: 'Tidy up downloads',
    workingFolder: `${fakeHome}/Downloads`,
    activity: 'starting',
    updatedAt: now - 30_000,
  }),
];

/** A task with each kind of question. */
export const askingTask = (now: number): FakeTask =>
  fakeTask(
    'asking',
    {
      title: "Sort last year's invoices",
      activity: 'needs_you',
      promptInFlight: 'p-9',
      updatedAt: now,
      dialogs: [
        {
          id: 'q1',
          method: 'confirm',
          title: 'Delete 3 empty files?',
          message: '2024/draft.txt\n2024/notes (copy).md\n2025/Q2/untitled.csv',
          timeoutMs: 95_000,
          openedAt: now,
        },
        {
          id: 'q2',
          method: 'select',
          title: 'How should the folders be named?',
          options: ['By client, then month', 'By month, then client', 'Only by client'],
        },
        { id: 'q3', method: 'input', title: 'What is the newest invoice number?', placeholder: '2025-0142' },
        {
          id: 'q4',
          method: 'editor',
          title: 'Check the note to the bookkeeper',
          prefill: 'Dear Kim,\n\nattached are the invoices of last year.\n',
        },
      ],
    },
    { items: summaryConversation(now).slice(0, 4) },
  );
