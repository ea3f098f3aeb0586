/**
 * Limits for each sandbox: a control group of the kernel per slot, so that one task can't starve the others or taskd.
 * All calls are short writes to the kernel, so they are synchronous.
 */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import type { LimitHits, SandboxLimits } from './limits';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** What to give to `spawn`. */
export interface Launch {
  readonly file: string;
  readonly words: readonly string[];
  readonly owner: Partial<Owner>;
}

/** Enters the group as root, then becomes the agent's user: nothing of the program ever runs outside its limits. */
const enter = 'echo 0 > "$0/cgroup.procs" && echo "$1" > /proc/self/oom_score_adj && shift && exec setpriv "$@"';

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
   * Call it first: what taskd starts afterwards is protected like taskd itself, except what `launch` describes.
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

  /** How a program is started as the agent's user, within the group's limits. */
  launch(name: string, words: readonly string[], { uid, gid }: Owner): Launch {
    const asAgent = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--', ...words];
    const group = join(this.#slots, name);
    return { file: '/bin/sh', words: ['-c', enter, group, String(oomScores.sandbox), ...asAgent], owner: {} };
  }

  hits(name: string): LimitHits {
    const group = join(this.#slots, name);
    const events = read(join(group, 'memory.events'));
    const ended = counted(events, 'oom_kill');
    // It counts as `oom` only where the limit was reached.
    const own = Math.min(ended, counted(events, 'oom'));
    return {
      memory: own,
      sharedMemory: ended - own,
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
