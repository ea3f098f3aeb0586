/** Named states of the page, to be looked at and tested. */
import type { Artifact, Preview, Snapshot } from '../../schema/app-api';
import { fakeApproval, fakeGrants } from './fake-approvals';
import { changedTask, changedTurns } from './fake-changes';
import { fakeSnapshot, fakeTask, longConversation, summaryConversation } from './fake-data';
import { fakeHome } from './fake-folders';
import type { FakeHost, FakeTask } from './fake-host';
import type { FakeReview } from './fake-reviews';
import type { FakeTurn } from './fake-turns';
import { readyVm } from './fake-vm';
import { reviewedTask, reviewedTurns, waitingReview } from './fake-waiting';

export interface Scene {
  readonly snapshot?: Partial<Omit<Snapshot, 'seq' | 'tasks'>>;
  readonly tasks?: readonly FakeTask[];
  readonly previews?: Readonly<Record<string, Preview>>;
  readonly turns?: Readonly<Record<string, readonly FakeTurn[]>>;
  readonly reviews?: Readonly<Record<string, FakeReview>>;
  /** Shown first */
  readonly selected?: string;
  /** `false` is a browser without a session */
  readonly hasSession?: boolean;
  /** What happens once the page is there */
  readonly play?: (host: FakeHost) => void;
}

const minuteMs = 60_000;

const usage = { input: 18_204, output: 3120, cacheRead: 12_400, cacheWrite: 2100, cost: 0.084 };

const outputs = (now: number): readonly Artifact[] => [
  { area: 'outputs', path: 'summary.md', bytes: 1204, modifiedAt: now - 4 * minuteMs },
  { area: 'outputs', path: 'by-kind.csv', bytes: 8420, modifiedAt: now - 5 * minuteMs },
  { area: 'outputs', path: 'charts/sizes.png', bytes: 48_210, modifiedAt: now - 6 * minuteMs },
  { area: 'outputs', path: 'count.py', bytes: 312, modifiedAt: now - 7 * minuteMs },
  { area: 'uploads', path: 'Guidelines 2025.pdf', bytes: 1_204_000, modifiedAt: now - 60 * minuteMs },
];

const chart = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360">
<rect width="640" height="360" fill="#fff"/>
${[96, 71, 38, 9].map((count, index) => `<rect x="${80 + index * 130}" y="${310 - count * 2.6}" width="84" height="${count * 2.6}" rx="4" fill="#1f6a5b"/>`).join('')}
<path d="M60 310H600" stroke="#1e1c19"/></svg>`;

const previews: Readonly<Record<string, Preview>> = {
  'outputs/summary.md': {
    kind: 'markdown',
    text: '# Summary of Reports\n\n214 files in 12 folders, **137.8 MB** together.\n\n| Kind | Files |\n| --- | ---: |\n| Spreadsheets | 96 |\n| Documents | 71 |\n',
    isTruncated: false,
  },
  'outputs/by-kind.csv': {
    kind: 'csv',
    text: `path,kind,bytes,changed\n${Array.from(
      { length: 400 },
      (_, index) =>
        `2025/Q${(index % 4) + 1}/file-${index}.xlsx,spreadsheet,${10_000 + index * 37},2025-11-0${(index % 9) + 1}`,
    ).join('\n')}`,
    isTruncated: true,
  },
  'outputs/charts/sizes.png': {
    kind: 'image',
    mimeType: 'image/svg+xml',
    dataBase64: btoa(chart),
  },
  'outputs/count.py': {
    kind: 'code',
    language: 'python',
    text: 'from pathlib import Path\n\nfiles = [path for path in Path(".").rglob("*") if path.is_file()]\nprint(len(files))\n',
    isTruncated: false,
  },
  'uploads/Guidelines 2025.pdf': { kind: 'none', reason: 'A PDF cannot be shown here yet.' },
};

const finishedTask = (now: number): FakeTask =>
  fakeTask(
    'summary',
    { title: 'Summarise the reports', createdAt: now - 70 * minuteMs, updatedAt: now - 4 * minuteMs, usage },
    { items: summaryConversation(now - 6 * minuteMs), artifacts: outputs(now) },
  );

const otherTasks = (now: number): readonly FakeTask[] => [
  fakeTask('invoices', {
    title: 'Sort last year’s invoices by client and month',
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
    problem: 'The agent ended unexpectedly (signal 9). What it said is kept; open it again to go on.',
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

const ready = { vm: readyVm };

const asking = (now: number): FakeTask =>
  fakeTask(
    'asking',
    {
      title: 'Sort last year’s invoices',
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

export const scenes: Readonly<Record<string, (now: number) => Scene>> = {
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
      host.after(400, () => {
        void import('./fake-run').then(({ startFakeRun }) =>
          startFakeRun(host, { taskId: 'live', message: 'Summarise this folder', promptId: 'p-scene' }),
        );
      });
    },
  }),
  questions: (now) => ({ snapshot: ready, tasks: [asking(now), ...otherTasks(now)], selected: 'asking' }),
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
          message: 'Archive/video.mkv (41 GB) is larger than what is kept, so its change cannot be taken back.',
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
          message: 'The virtual machine ended by itself (signal 9). Your tasks and files are safe; start it again.',
          logTail: [
            '[    0.412] virtio-9p: mounted workdir',
            '[    1.020] taskd: 3 agents parked',
            'qemu-system-x86_64: terminating on signal 9',
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
          reason: 'It is not valid JSON. The task it described is not shown.',
        },
      ],
    },
    tasks: [
      fakeTask(
        'gone',
        {
          title: 'Reports of 2023',
          workingFolder: `${fakeHome}/Reports/2023`,
          folderProblem: '~/Reports/2023 does not exist any more. Put it back, or make a new task with another folder.',
          updatedAt: now,
        },
        { items: summaryConversation(now - 6 * minuteMs) },
      ),
    ],
    selected: 'gone',
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

export const sceneSnapshot = (scene: Scene): Omit<Snapshot, 'seq' | 'tasks'> => ({
  ...fakeSnapshot,
  ...scene.snapshot,
});
