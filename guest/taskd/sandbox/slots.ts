/** Makes, fills and clears the guest's slots. */
import { chown, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { agentUser } from '../../../schema/control-port';
import { taskFolders } from '../tasks/folders';
import type { Binding, SystemCalls } from '../system-calls';
import { slotAt, type Slot } from './layout';

const slotsFolder = '/run/piwork/slots';

/** The folders that a task sees. */
export interface SlotContents {
  readonly taskId: string;
  readonly hasWorkingFolder: boolean;
}

export class Slots {
  #next = 0;

  /** `filesRoot` is where the host's files are mounted */
  constructor(
    private readonly system: SystemCalls,
    private readonly filesRoot: string,
  ) {}

  /** An empty slot. Later mounts in it reach the sandbox that was started on it. */
  async make(): Promise<Slot> {
    const slot = slotAt(join(slotsFolder, String(++this.#next)));
    await mkdir(slot.folder, { recursive: true });
    await this.system.mount([
      { source: 'slot', target: slot.folder, type: 'tmpfs', flags: ['nosuid', 'nodev'], data: 'mode=0755,size=64m' },
      { source: 'none', target: slot.folder, flags: ['shared'] },
    ]);
    for (const folder of [slot.mnt, slot.sessions, slot.run, join(slot.mnt, 'workdir')]) await mkdir(folder);
    await mkdir(slot.agent, { mode: 0o700 });
    await chown(slot.agent, agentUser.uid, agentUser.gid);
    return slot;
  }

  /** Binds a task's folders into its slot, uploads read-only. */
  async fill(slot: Slot, { taskId, hasWorkingFolder }: SlotContents): Promise<void> {
    const { session, outputs, uploads, folder } = taskFolders(taskId, this.filesRoot);
    const bindings: Binding[] = [
      { source: session, target: join(slot.sessions, taskId) },
      { source: outputs, target: join(slot.mnt, 'taskstate', taskId, 'outputs') },
      { source: uploads, target: join(slot.mnt, 'taskstate', taskId, 'uploads'), isReadOnly: true },
      ...(hasWorkingFolder ? [{ source: folder, target: join(slot.mnt, 'workdir') }] : []),
    ];
    for (const { target } of bindings) await mkdir(target, { recursive: true });
    await this.system.bind(bindings);
  }

  async clear(slot: Slot): Promise<void> {
    await this.system.unmount(slot.folder);
    await rm(slot.folder, { recursive: true, force: true });
  }
}
