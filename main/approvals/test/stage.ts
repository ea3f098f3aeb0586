/** Approvals with a clock, a guest and an agent controlled by the test, and a real state folder. */
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Approval, Grant } from '../../../schema/approvals';
import type { Act } from '../../../schema/files-api';
import type { ActDecision } from '../act-decision';
import { Approvals, type ApprovalsOptions } from '../approvals';
import { FakeClock } from './fake-clock';

export const act = (change: Partial<Act> = {}): Act => ({
  taskId: 'task-a',
  kind: 'delete',
  path: 'Reports/a.txt',
  to: null,
  sizeBytes: 12,
  fileKind: 'file',
  pid: 100,
  sentence: null,
  ...change,
});

/** Lets everything that is due run. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const homes: string[] = [];
afterAll(() => homes.forEach((home) => rmSync(home, { recursive: true, force: true })));

const freshHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'approvals-'));
  homes.push(home);
  return home;
};

export interface Stage {
  readonly approvals: Approvals;
  readonly clock: FakeClock;
  readonly home: string;
  readonly programs: Map<number, string>;
  readonly folders: Map<string, string>;
  readonly told: string[];
  readonly problems: string[];
  readonly changes: Approval[];
  readonly closes: { id: string; outcome: string }[];
  readonly grantLists: Grant[][];
  /** The outcome of an act, or `held` */
  readonly now: (decision: Promise<ActDecision>) => Promise<ActDecision | 'held'>;
}

export function stage(change: Partial<ApprovalsOptions> = {}, home = freshHome()): Stage {
  const clock = new FakeClock();
  const programs = new Map<number, string>([[100, 'rm -rf Reports']]);
  const folders = new Map([
    ['task-a', '/home/me/Work'],
    ['task-b', '/home/me/Work'],
    ['task-c', '/home/me/Other'],
  ]);
  const told: string[] = [];
  const problems: string[] = [];
  for (const taskId of folders.keys()) mkdirSync(join(home, 'tasks', taskId), { recursive: true });
  const approvals = new Approvals({
    describeProgram: (_taskId, pid) => Promise.resolve(programs.get(pid) ?? null),
    settings: () => ({ approvalTimeoutSeconds: 120 }),
    folderOf: (taskId) => folders.get(taskId) ?? null,
    grantsFile: join(home, 'grants.json'),
    logFile: (taskId) => join(home, 'tasks', taskId, 'approvals.jsonl'),
    now: clock.now,
    setTimer: clock.setTimer,
    tellAgent: (_taskId, sentence) => {
      told.push(sentence);
      return Promise.resolve();
    },
    log: (_source, line) => void problems.push(line),
    ...change,
  });
  const changes: Approval[] = [];
  const closes: { id: string; outcome: string }[] = [];
  const grantLists: Grant[][] = [];
  approvals.changed.add((approval) => void changes.push(approval));
  approvals.closed.add((closed) => void closes.push(closed));
  approvals.grantsChanged.add((grants) => void grantLists.push(grants));
  return {
    approvals,
    clock,
    home,
    programs,
    folders,
    told,
    problems,
    changes,
    closes,
    grantLists,
    now: async (decision) => {
      await settled();
      return Promise.race([decision, Promise.resolve('held' as const)]);
    },
  };
}
