/** Makes, fills and clears the guest's slots, and starts programs in them within their limits. */
import { chown, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { agentUser } from '../../../schema/control-port';
import { taskFolders } from '../tasks/folders';
import type { Binding, SystemCalls } from '../system-calls';
import type { ControlGroups, Launch, Owner } from './control-groups';
import { slotAt, type Slot } from './layout';
import type { LimitHits, SandboxLimits } from './limits';

const slotsFolder = '/run/piwork/slots';
/** Its share beside a task that works, whose weight is 100 */
const lowWeight = 10;
const nameOf = ({ folder }: Pick<Slot, 'folder'>): string => basename(folder);

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
    private readonly groups: ControlGroups,
    readonly limits: SandboxLimits,
  ) {}

  /** An empty slot. Later mounts in it reach the sandbox that was started on it. */
  async make(): Promise<Slot> {
    const slot = slotAt(join(slotsFolder, String(++this.#next)));
    this.groups.make(nameOf(slot), this.limits);
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

  /** How a program is started as the agent's user, within the slot's limits. */
  launch(slot: Pick<Slot, 'folder'>, words: readonly string[], owner: Owner): Launch {
    return this.groups.launch(nameOf(slot), words, owner);
  }

  /** A process that is being parked must not slow down the tasks that work, until a task waits for it. */
  setPriority(slot: Slot, priority: 'low' | 'normal'): void {
    this.groups.weigh(nameOf(slot), priority === 'low' ? lowWeight : this.limits.cpuWeight);
  }

  hits(slot: Slot): LimitHits {
    return this.groups.hits(nameOf(slot));
  }

  async clear(slot: Slot): Promise<void> {
    await this.system.unmount(slot.folder);
    await rm(slot.folder, { recursive: true, force: true });
    await this.groups.end(nameOf(slot));
  }
}
