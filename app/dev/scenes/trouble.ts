import { summaryConversation } from '../data/conversations';
import { finishedTask, previews } from '../data/finished-task';
import { fakeHome } from '../data/folders';
import { otherTasks } from '../data/other-tasks';
import { fakeTask } from '../data/tasks';
import { readyVm } from '../data/vm';
import type { Scenes } from './scene';

const minuteMs = 60_000;

const ready = { vm: readyVm };

/** What goes wrong, or takes long: the workspace, a task, a folder, the connection. */
export const trouble: Scenes = {
  'vm-starting': (now) => ({
    snapshot: {
      vm: {
        kind: 'building_template',
        pid: 4711,
        phases: [
          { name: 'checking_accelerator', startedAt: now - 9000, durationMs: 2100, expectedMs: 2000 },
          { name: 'booting_template', startedAt: now - 6900, expectedMs: 38_000 },
        ],
      },
    },
    tasks: [fakeTask('fresh', { title: 'Reports', activity: 'starting', updatedAt: now })],
    selected: 'fresh',
  }),
  'vm-failed': (now) => ({
    snapshot: {
      vm: {
        kind: 'failed',
        failure: {
          reason: 'crashed',
          message: 'The workspace stopped unexpectedly. Your tasks and files are safe. Restart it to continue.',
          logTail: [
            '[    0.412] virtio-9p: mounted workdir',
            '[    1.020] taskd: 3 agents parked',
            'qemu-system-x86_64: terminating',
          ],
        },
      },
    },
    tasks: [finishedTask(now), ...otherTasks(now)],
    selected: 'summary',
    previews,
  }),
  'task-failed': (now) => ({ snapshot: ready, tasks: otherTasks(now), selected: 'planner' }),
  'folder-problem': (now) => ({
    snapshot: {
      ...ready,
      setAside: [
        {
          path: `${fakeHome}/.local/share/piwork/tasks/old/task.json.damaged-1`,
          reason: "It isn't valid JSON, so its task isn't shown.",
        },
      ],
    },
    tasks: [
      fakeTask(
        'gone',
        {
          title: 'Reports of 2023',
          workingFolder: `${fakeHome}/Reports/2023`,
          folderProblem: '~/Reports/2023 no longer exists. Put it back, or create a task with another folder.',
          updatedAt: now,
        },
        { items: summaryConversation(now - 6 * minuteMs) },
      ),
    ],
    selected: 'gone',
  }),
  offline: (now) => ({
    snapshot: ready,
    tasks: [finishedTask(now)],
    selected: 'summary',
    previews,
    play: (host) => {
      host.after(300, () => {
        host.isAway = true;
        host.dropConnections();
      });
    },
  }),
  'no-session': () => ({ hasSession: false }),
};
