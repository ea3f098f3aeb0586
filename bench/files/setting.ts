/** Everything that the parts share: the folders, the file server in its worker as in the product, and the guest. */
import { join } from 'node:path';
import { z } from 'zod';
import { type BenchGuest, BenchMachine } from './machine';
import { makePlaces, type Places } from './places';
import { type BenchServer, startServer } from './server';

/** Paths in the guest. `piwork` is journaled, like a task's folder; `plain` isn't, like a session. */
export const mounted = {
  piwork: '/mnt/folder',
  plain: '/mnt/session',
  ext4: '/mnt/ext4',
  none: '/mnt/none',
  loose: '/mnt/loose',
} as const;

const signals = ['SIGINT', 'SIGTERM'] as const;

export interface Setting {
  readonly places: Places;
  readonly files: BenchServer;
  readonly filesSocket: string;
  readonly machine: BenchMachine;
  dispose(): Promise<void>;
}

export async function makeSetting(packFolder: string): Promise<Setting> {
  console.log('files: creating folders and disks, booting and saving a guest …');
  const places = await makePlaces();
  const started: { readonly stop: () => Promise<void> }[] = [];
  const end = async (): Promise<void> => {
    for (const part of started.reverse()) await part.stop();
    places.remove();
    for (const signal of signals) process.off(signal, leave);
  };
  let ending: Promise<void> | null = null;
  const dispose = (): Promise<void> => (ending ??= end());
  // We may get the signal twice; what we started is ended once, and completely.
  const leave = (): void => {
    void dispose().finally(() => process.exit(130));
  };
  for (const signal of signals) process.on(signal, leave);
  try {
    const filesSocket = join(places.runFolder, 'files.sock');
    const files = await startServer(filesSocket);
    started.push(files);
    const machine = await BenchMachine.open(packFolder, places, filesSocket);
    started.push(machine);
    await machine.build();
    return { places, files, filesSocket, machine, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The file server opens the bench's folders and its journal. */
export async function serveFiles({ files, places: { task } }: Setting): Promise<void> {
  await files.client['task.open']({ places: task });
  await files.client['files.withdraw']({ taskId: task.taskId });
  await files.client['files.serve']({ taskId: task.taskId });
}

/** Shows the guest the bench's folders, which the server serves. */
export async function mountFiles({ places: { task } }: Setting, guest: BenchGuest): Promise<void> {
  const bindings = [
    [`${task.taskId}/folder`, mounted.piwork],
    [`${task.taskId}/session`, mounted.plain],
  ];
  await guest.ask('mount_files', { bindings }, z.null());
}

/** Runs the work in a guest that has all file systems, in a turn of the task; then the guest ends. */
export async function inGuest<T>(
  setting: Setting,
  work: (guest: BenchGuest) => Promise<T>,
  filesSocket?: string,
): Promise<T> {
  const guest = await setting.machine.resume(filesSocket);
  try {
    await serveFiles(setting);
    await mountFiles(setting, guest);
    await guest.ask('mount_controls', {}, z.null());
    return await work(guest);
  } finally {
    await guest.stop();
  }
}

/** What the guest changes in the meantime belongs to one turn, as when an agent runs. */
export async function inTurn<T>({ files, places }: Setting, work: () => Promise<T>): Promise<T> {
  await files.client['turn.begin']({ taskId: places.task.taskId, promptId: 'bench' });
  try {
    return await work();
  } finally {
    await files.client['turn.end']({ taskId: places.task.taskId });
  }
}

/** Times of an action in the guest, in milliseconds */
export const askMs = async (
  guest: BenchGuest,
  action: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<number> => (await guest.ask(action, parameters, z.number())) * 1000;
