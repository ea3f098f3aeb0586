/**
 * Limits for each sandbox: a control group of the kernel per slot, so that one task can't starve the others or taskd.
 * All calls are short writes to the kernel, so they are synchronous.
 */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import type { SandboxLimits } from './limits';

/** How often a limit was hit since the group was made. */
export interface LimitHits {
  /** Programs that were ended because memory was used up */
  readonly memory: number;
  /** New processes that were refused */
  readonly processes: number;
}

/** Higher scores are ended first when the whole guest runs out of memory. */
const oomScores = { supervisor: -1000, sandbox: 500 };
const ownGroup = '/sys/fs/cgroup';
const controllers = '+memory +pids +cpu';
const endTries = 100;
const endPauseMs = 20;

const read = (file: string): string => readFileSync(file, 'utf8');
const counted = (text: string, name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1] ?? 0);

export class ControlGroups {
  readonly #slots: string;

  /** `root` and `self` are replaced in tests */
  constructor(
    private readonly root = ownGroup,
    private readonly self = '/proc/self',
  ) {
    this.#slots = join(root, 'slots');
  }

  /**
   * Call it first: what taskd starts afterwards is protected like taskd itself, except what `start` starts.
   *
   * @param sharedBytes what all sandboxes may use together
   */
  prepare(sharedBytes: number): void {
    writeFileSync(join(this.self, 'oom_score_adj'), String(oomScores.supervisor));
    writeFileSync(join(this.root, 'cgroup.subtree_control'), controllers);
    mkdirSync(this.#slots);
    writeFileSync(join(this.#slots, 'cgroup.subtree_control'), controllers);
    writeFileSync(join(this.#slots, 'memory.max'), String(sharedBytes));
  }

  make(name: string, { memoryBytes, processes, cpuWeight }: SandboxLimits): void {
    const group = join(this.#slots, name);
    mkdirSync(group);
    writeFileSync(join(group, 'memory.max'), String(memoryBytes));
    writeFileSync(join(group, 'pids.max'), String(processes));
    this.weigh(name, cpuWeight);
  }

  /** Sets its share when processors are scarce. */
  weigh(name: string, cpuWeight: number): void {
    writeFileSync(join(this.#slots, name, 'cpu.weight'), String(cpuWeight));
  }

  /**
   * Runs `start`, which starts a process. A child belongs to the group that its parent is in at that moment, so taskd
   * moves there and back: moving the child afterwards would miss what it has already started.
   */
  start<T>(name: string, start: () => T): T {
    const enter = (group: string, oomScore: number): void => {
      writeFileSync(join(this.self, 'oom_score_adj'), String(oomScore));
      writeFileSync(join(group, 'cgroup.procs'), '0');
    };
    try {
      enter(join(this.#slots, name), oomScores.sandbox);
      return start();
    } finally {
      enter(this.root, oomScores.supervisor);
    }
  }

  hits(name: string): LimitHits {
    const group = join(this.#slots, name);
    return {
      memory: counted(read(join(group, 'memory.events')), 'oom_kill'),
      processes: counted(read(join(group, 'pids.events')), 'max'),
    };
  }

  /** Ends everything that is left in the group and removes it. @throws Error when something can't be ended */
  async end(name: string): Promise<void> {
    const group = join(this.#slots, name);
    writeFileSync(join(group, 'cgroup.kill'), '1');
    for (let tries = endTries; ; tries -= 1) {
      try {
        return rmdirSync(group);
      } catch (error) {
        if (tries === 0) throw error;
        await wait(endPauseMs);
      }
    }
  }
}
