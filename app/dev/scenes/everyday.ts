import { fakeApproval, fakeGrants } from '../data/approvals';
import { changedTask, changedTurns } from '../data/changed-task';
import { longConversation } from '../data/conversations';
import { finishedTask, previews, usage } from '../data/finished-task';
import { askingTask, otherTasks } from '../data/other-tasks';
import { reviewedTask, reviewedTurns, waitingReview } from '../data/reviewed-task';
import { fakeTask } from '../data/tasks';
import { readyVm } from '../data/vm';
import { startFakeRun } from '../host/run';
import type { Scenes } from './scene';

const ready = { vm: readyVm };

/** The page in use: tasks, questions, changes and reviews. */
export const everyday: Scenes = {
  'first-run': () => ({}),
  tasks: (now) => ({ snapshot: ready, tasks: [finishedTask(now), ...otherTasks(now)], selected: 'summary', previews }),
  'no-selection': (now) => ({ snapshot: ready, tasks: otherTasks(now) }),
  empty: (now) => ({
    snapshot: ready,
    tasks: [fakeTask('fresh', { title: 'Reports', updatedAt: now })],
    selected: 'fresh',
  }),
  streaming: (now) => ({
    snapshot: ready,
    tasks: [fakeTask('live', { title: 'Summarise the reports', updatedAt: now }), ...otherTasks(now)],
    selected: 'live',
    play: (host) => {
      const run = { taskId: 'live', message: 'Summarise this folder', promptId: 'p-scene' };
      host.after(400, () => startFakeRun(host, run));
    },
  }),
  questions: (now) => ({ snapshot: ready, tasks: [askingTask(now), ...otherTasks(now)], selected: 'asking' }),
  approvals: (now) => ({
    snapshot: {
      ...ready,
      approvals: [
        fakeApproval('changes', now),
        fakeApproval('changes', now - 80_000, {
          id: 'approval-2',
          kind: 'rename',
          path: 'Invoices/2024/\u202egpj.scan 0142 (final) from the bookkeeper of the client in the north.pdf',
          to: 'Sorted/Client A/0142.pdf',
          sizeBytes: 248_100,
          program: 'python3 sort.py --by client',
          count: 1,
        }),
        fakeApproval('photos', now, { id: 'approval-3', kind: 'change', path: 'IMG_0012.jpg' }),
      ],
      grants: fakeGrants(now),
    },
    tasks: [{ ...changedTask(now, 'running') }, ...otherTasks(now)],
    turns: { changes: changedTurns(now) },
    selected: 'changes',
  }),
  changes: (now) => ({
    snapshot: { ...ready, grants: fakeGrants(now) },
    tasks: [changedTask(now, 'idle'), ...otherTasks(now)],
    turns: { changes: changedTurns(now) },
    selected: 'changes',
    play: (host) => {
      host.after(800, () => {
        const payload = {
          taskId: 'changes',
          message: "Archive/video.mkv (41 GB) is too large to keep a copy of, so its change can't be undone.",
        };
        host.emit({ event: 'turn.warning', taskId: 'changes', payload });
      });
    },
  }),
  review: (now) => ({
    snapshot: ready,
    tasks: [reviewedTask(now), ...otherTasks(now)],
    turns: { review: reviewedTurns(now) },
    reviews: { review: waitingReview },
    selected: 'review',
  }),
  long: (now) => ({
    snapshot: ready,
    tasks: [
      fakeTask(
        'long',
        { title: 'A very long piece of work', updatedAt: now, usage },
        { items: longConversation(now - 2_000_000, 2000) },
      ),
      ...otherTasks(now),
    ],
    selected: 'long',
  }),
};
