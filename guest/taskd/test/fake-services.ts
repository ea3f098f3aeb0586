/** What a task needs from taskd, with the host's folders in a temporary one and a pi that the test controls. */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutgoingEvent } from '../../../schema/rpc';
import type { TaskdApi } from '../../../schema/taskd-api';
import type { TaskServices } from '../tasks/services';
import type { Launch, Owner } from '../sandbox/control-groups';
import { noHits } from '../sandbox/limits';
import { FakePi, parkedAt } from './fake-pi';

type TaskEvent = OutgoingEvent<TaskdApi>;

/** pi's configuration, as a host sends it. */
export const piConfig = { models: '{"providers":{}}', settings: '{"quietStartup":true}' };

/** Starts a program as it is: there are no control groups here. */
export const withoutLimits = (_slot: unknown, [file = '', ...words]: readonly string[], owner: Owner): Launch => ({
  file,
  words,
  owner,
});

/** A temporary folder with the folders of `task-1`, as the host serves them, and a slot. */
export async function makeFiles(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'piwork-task-'));
  for (const name of ['session', 'outputs', 'uploads', 'folder']) {
    await mkdir(join(folder, 'files', 'task-1', name), { recursive: true });
  }
  await mkdir(join(folder, 'slot', 'agent'), { recursive: true });
  return folder;
}

/** Services over `folder` that give out `pis` in order and keep every event. */
export function fakeServices(folder: string, pis: FakePi[], over: Partial<TaskServices> = {}) {
  const events: TaskEvent[] = [];
  const cleared: string[] = [];
  const waiting: Array<(event: TaskEvent) => void> = [];
  let generation = 0;
  const services: TaskServices = {
    lot: {
      claim: () => Promise.resolve(parkedAt(pis.shift() ?? new FakePi(), join(folder, 'slot'))),
      refill: () => undefined,
      countAnswering: () => Promise.resolve(0),
    },
    slots: {
      fill: () => Promise.resolve(),
      clear: (slot) => {
        cleared.push(slot.folder);
        return Promise.resolve();
      },
      launch: withoutLimits,
      hits: () => noHits,
      limits: { memoryBytes: 2 ** 30, processes: 1000, cpuWeight: 100 },
    },
    filterFile: null,
    filesRoot: join(folder, 'files'),
    uid: process.getuid?.() ?? 1000,
    gid: process.getgid?.() ?? 1000,
    emit: (event) => {
      events.push(event);
      for (const listener of waiting) listener(event);
    },
    nextGeneration: () => ++generation,
    gatewayToken: (taskId) => `${taskId}.token`,
    timeZone: () => 'UTC',
    filesMounted: () => Promise.resolve(),
    syncFiles: () => Promise.resolve(),
    onParkingFailure: () => undefined,
    ...over,
  };
  const next = (name: TaskEvent['event']): Promise<TaskEvent> =>
    new Promise((resolve) =>
      waiting.push((event) => {
        if (event.event === name) resolve(event);
      }),
    );
  return { services, events, cleared, next, names: () => events.map(({ event }) => event) };
}
