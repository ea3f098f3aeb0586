/** Makes, fills and clears the slots of the guest. */
import { chown, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { shares, slotAt, type Slot } from './layout';
import { run } from './run';

const slotsFolder = '/run/piwork/slots';

/** What a task is given to see. */
export interface SlotContents {
  readonly taskId: string;
  /** A folder below the workspace root, checked before */
  readonly workingFolder: string | null;
}

export class Slots {
  #next = 0;

  /** Files in shares belong to `uid` and `gid` of the host's user, and so does the sandbox. */
  constructor(
    private readonly uid: number,
    private readonly gid: number,
  ) {}

  /** An empty slot whose later mounts reach the sandbox that is started on it. */
  async make(): Promise<Slot> {
    const slot = slotAt(join(slotsFolder, String(++this.#next)));
    await mkdir(slot.folder, { recursive: true });
    await run('mount', '-t', 'tmpfs', '-o', 'mode=0755,size=64m', 'slot', slot.folder);
    await run('mount', '--make-shared', slot.folder);
    for (const folder of [slot.mnt, slot.sessions, slot.run, join(slot.mnt, 'workdir')]) await mkdir(folder);
    await mkdir(slot.agent, { mode: 0o700 });
    await chown(slot.agent, this.uid, this.gid);
    return slot;
  }

  /** Binds a task's folders into its slot; uploads cannot be written there. */
  async fill(slot: Slot, { taskId, workingFolder }: SlotContents): Promise<void> {
    const state = join(shares.taskstate, taskId);
    const bindings: ReadonlyArray<readonly [source: string, target: string, mode: 'rw' | 'ro']> = [
      [join(state, 'session'), join(slot.sessions, taskId), 'rw'],
      [join(state, 'outputs'), join(slot.mnt, 'taskstate', taskId, 'outputs'), 'rw'],
      [join(state, 'uploads'), join(slot.mnt, 'taskstate', taskId, 'uploads'), 'ro'],
      ...(workingFolder === null
        ? []
        : [[join(shares.workdir, workingFolder), join(slot.mnt, 'workdir'), 'rw'] as const]),
    ];
    await Promise.all(bindings.map(([, target]) => mkdir(target, { recursive: true })));
    await Promise.all(
      bindings.map(([source, target, mode]) => run('mount', '-o', `bind,nosuid,nodev,${mode}`, source, target)),
    );
  }

  async clear(slot: Slot): Promise<void> {
    await run('umount', '-R', '-l', slot.folder);
    await rm(slot.folder, { recursive: true, force: true });
  }
}
