/** What a task needs of taskd, with the host's folders below a temporary one and pi played by the test. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutgoingEvent } from '../../../schema/rpc';
import type { TaskdApi } from '../../../schema/taskd-api';
import type { TaskServices } from '../tasks/services';
import { FakePi, parkedAt } from './fake-pi';

type TaskEvent = OutgoingEvent<TaskdApi>;

/** A temporary folder with `workdir/docs`, `workdir/other`, an empty task state and pi's configuration. */
export async function makeShares(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'piwork-task-'));
  for (const name of ['workdir/docs', 'workdir/other', 'taskstate', 'authstate', 'slot/agent']) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await writeFile(join(folder, 'authstate', 'models.json'), '{"providers":{}}');
  await writeFile(join(folder, 'authstate', 'settings.json'), '{"quietStartup":true}');
  return folder;
}

/** Services over `folder` that hand out `pis` in turn and keep every event. */
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
    },
    shares: {
      workdir: join(folder, 'workdir'),
      taskstate: join(folder, 'taskstate'),
      authstate: join(folder, 'authstate'),
    },
    uid: process.getuid?.() ?? 1000,
    gid: process.getgid?.() ?? 1000,
    emit: (event) => {
      events.push(event);
      for (const listener of waiting) listener(event);
    },
    nextGeneration: () => ++generation,
    gatewayToken: (taskId) => `${taskId}.token`,
    timeZone: () => 'UTC',
    sharesMounted: () => Promise.resolve(),
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
