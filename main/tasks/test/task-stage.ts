/** Tasks with a simulated taskd and a store in a temporary folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskSummary } from '../../../schema/task-summary';
import type { ConversationItem } from '../../../schema/conversation';
import { RpcError } from '../../../schema/errors';
import { noExtensions } from '../../../schema/extensions';
import { readSession, sessionIdentity } from '../../../files/host-view/session-file';
import { makeStateFolder, stateFolderAt, type StateFolder } from '../../settings/state-folder';
import type { SessionSource } from '../conversation';
import type { TaskdEvent } from '../reduce-event';
import type { Settled, TaskServiceOptions } from '../task-ports';
import { TaskService } from '../task-service';
import { TaskStore } from '../task-store';
import { FakeTaskd } from './fake-taskd';

let root = '';
/** For the current test */
export let state: StateFolder;

/** Gives each test of a suite a state folder. */
export function useStateFolder(): void {
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'piwork-tasks-'));
    state = stateFolderAt(root);
    await makeStateFolder(state);
  });
  // A run that a test left in progress may still create a folder.
  afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 }));
}

/** The session of a folder, read as the files worker reads it. */
export const sessionIn = (folder: string): SessionSource => ({
  read: () => new Promise((resolve) => resolve(readSession(folder))),
  identity: () => new Promise((resolve) => resolve(sessionIdentity(folder))),
});

export const idleFiles: TaskServiceOptions['files'] = {
  open: () => undefined,
  serve: () => Promise.resolve({ isAnew: false }),
  withdraw: () => Promise.resolve(),
  session: (taskId) => sessionIn(join(state.taskstate, taskId, 'session')),
  forget: () => Promise.resolve(),
  beginTurn: () => Promise.resolve(),
  endTurn: () => Promise.resolve(),
  askActs: () => Promise.resolve({ isAllowed: true, reason: '' }),
};
export const piConfig = { models: '{}', settings: '{}' };
export const extensions = noExtensions;

export interface Gate {
  readonly passed: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

export async function makeService(taskd = new FakeTaskd(), over: Partial<TaskServiceOptions> = {}) {
  const logged: string[] = [];
  const served: Array<[taskId: string, folder: string | null]> = [];
  const service = new TaskService({
    store: new TaskStore(state),
    taskd: taskd.client,
    startVm: () => Promise.resolve(),
    checkFolder: (path) =>
      path.includes('missing')
        ? Promise.reject(new RpcError('WORKSPACE_POLICY_VIOLATION', `${path} does not exist.`))
        : Promise.resolve(path),
    files: {
      ...idleFiles,
      serve: (places) => {
        served.push([places.taskId, places.folder]);
        return Promise.resolve({ isAnew: false });
      },
    },
    piConfig: () => piConfig,
    log: (_source, line) => logged.push(line),
    ...over,
  });
  const settled: Settled[] = [];
  const waiting: Array<() => void> = [];
  service.settled.add((event) => {
    settled.push(event);
    for (const wake of waiting.splice(0)) wake();
  });
  const nextSettled = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  const taskId = await service.create({ title: 'Sort', folder: null, model: 'tour/tour' });
  const summary = (): TaskSummary => service.summaries.find((task) => task.taskId === taskId) as TaskSummary;
  const event = (name: TaskdEvent['event'], payload: object): Promise<void> =>
    service.onTaskdEvent({ event: name, taskId, timestamp: 5_000, payload } as TaskdEvent);
  const items = async (): Promise<ConversationItem[]> => (await service.conversation(taskId)).items;
  /** Waits for a change after which `isSo` is true. */
  const until = (isSo: (task: TaskSummary) => boolean): Promise<void> =>
    new Promise((resolve) => {
      if (isSo(summary())) return resolve();
      const waitingFor = service.changed.add((task) => {
        if (task.taskId !== taskId || !isSo(task)) return;
        waitingFor.dispose();
        resolve();
      });
    });
  const running = (): Promise<void> => until(({ activity }) => activity === 'running');
  return { service, taskd, taskId, summary, event, items, settled, nextSettled, logged, served, until, running };
}

export const failsWith = (code: string): unknown => expect.objectContaining({ code });
export const notices = (items: readonly ConversationItem[]): string[] =>
  items.flatMap((item) => (item.kind === 'notice' ? [item.text] : []));
