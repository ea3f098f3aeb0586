/** Many random walks through a task's machine, with a guest and a host that do what it asks. */
import { step } from './task-machine';
import type { TaskEffect, TaskInput } from './task-inputs';
import { processOf, promptInFlight, restingTask, type TaskState } from './task-state';
import { question } from './test/task-states';

/** Pseudorandom numbers, the same for the same seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

/** The world as changed by the machine's effects */
class World {
  readonly begun: string[] = [];
  readonly closed: string[] = [];
  readonly announced: string[] = [];
  /** Numbers of the open processes */
  readonly open = new Set<number>();
  /** Number of the last process that was requested */
  asked = 0;
  /** The guest may have the task's folders */
  isShown = false;
  /** Requested, but neither arrived nor failed */
  isPending = false;

  /** What becomes true before the machine gets the input. */
  observe(input: TaskInput): void {
    if ((input.kind === 'opened' || input.kind === 'open-failed') && this.isPending && input.process === this.asked) {
      this.isPending = false;
      if (input.kind === 'opened') this.open.add(input.process);
    }
    if (input.kind === 'process-ended' && input.process !== null) this.open.delete(input.process);
    if (input.kind === 'vm-gone' && input.process !== null) this.open.delete(input.process);
  }

  ask(number: number): void {
    this.asked = number;
    this.isPending = true;
    this.isShown = true;
  }

  perform(effect: TaskEffect): void {
    if (effect.kind === 'begin-run') this.begun.push(effect.run.promptId);
    if (effect.kind === 'close-run' && effect.promptId !== null) this.closed.push(effect.promptId);
    if (effect.kind === 'announce-end' && effect.promptId !== null) this.announced.push(effect.promptId);
    if (effect.kind === 'stop-process') this.open.clear();
    if (effect.kind === 'withdraw') this.isShown = false;
  }
}

type Pick = <T>(choices: readonly T[]) => T;

/** A random possible input, mostly about the newest run and process. */
function anyInput(pick: Pick, { begun, asked }: World, mayBeRemoved: boolean): TaskInput {
  const prompts = begun.length;
  const promptId = `p${pick([prompts, prompts, prompts, prompts - 1])}`;
  const process = pick([asked, asked, asked, asked - 1]);
  const run = { promptId: `p${prompts + 1}`, message: 'Sort', approvals: { allow: [], canAsk: true } };
  const outcome = pick([
    { isAborted: false, problem: null },
    { isAborted: false, problem: 'No model.' },
  ]);
  return pick<TaskInput>([
    { kind: 'prompt', run },
    { kind: 'turn-begun', promptId },
    { kind: 'stop' },
    { kind: 'run-ended', promptId: pick([promptId, promptId, null]), outcome },
    { kind: 'run-closed', promptId },
    { kind: 'open', next: asked + 1 },
    { kind: 'reopen', next: asked + 1 },
    { kind: 'opened', process, extensions: '{}' },
    { kind: 'opened', process, extensions: '{}' },
    { kind: 'open-failed', process },
    { kind: 'end-process' },
    { kind: 'process-ended', process, problem: pick(['pi ended.', null]) },
    { kind: 'vm-gone', process, why: 'Lost.' },
    { kind: 'dialog-opened', process, dialog: question },
    { kind: 'dialog-closed', process, id: 'q1' },
    { kind: 'change', change: pick(['undo', 'redo', 'apply', 'discard']) },
    { kind: 'cleared' },
    { kind: 'changed' },
    ...(mayBeRemoved ? [{ kind: 'remove' } as const] : []),
  ]);
}

const same = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index]);

/** The rules that one step has broken. */
function brokenRules(state: TaskState, next: TaskState, effects: readonly TaskEffect[], world: World): string[] {
  const { begun, closed, announced, open } = world;
  const isRunning = promptInFlight(next) !== null;
  const over = isRunning ? begun.slice(0, -1) : begun;
  const process = processOf(next);
  const rules: Array<readonly [string, boolean]> = [
    ['a run is announced once, and before the next one begins', same(announced, over)],
    ['a run is closed once, and before it is announced', same(closed, next.kind === 'settling' ? begun : over)],
    ["every open process is the task's", same([...open], process.kind === 'open' ? [process.number] : [])],
    ['the guest has no folder of the task while its files change', next.kind !== 'changing' || !world.isShown],
    ['nothing begins while files change', state.kind !== 'changing' || effects.length === 0],
    ['nothing runs while files change', next.kind !== 'changing' || (open.size === 0 && !isRunning)],
    ['what is removed stays removed', state.kind !== 'removed' || next.kind === 'removed'],
  ];
  return rules.flatMap(([rule, isKept]) => (isKept ? [] : [rule]));
}

test.each([
  ['stays', false],
  ['is removed at some time', true],
])('a task that %s keeps the rules', (_name, mayBeRemoved) => {
  const seen = new Set<TaskState['kind']>();
  for (let seed = 1; seed <= 300; seed++) {
    const random = seeded(seed);
    const pick: Pick = (choices) => choices[random(choices.length)]!;
    const world = new World();
    let state: TaskState = restingTask;
    for (let turn = 0; turn < 200; turn++) {
      const input = anyInput(pick, world, mayBeRemoved && turn > 100);
      world.observe(input);
      const [next, ...effects] = step(state, input);
      for (const effect of effects) world.perform(effect);
      const process = processOf(next);
      if (process.kind === 'opening' && process.number > world.asked) world.ask(process.number);
      const broken = brokenRules(state, next, effects, world);
      if (broken.length > 0) throw new Error(`seed ${seed}, turn ${turn}, ${input.kind}: ${broken.join('; ')}`);
      seen.add(next.kind);
      state = next;
    }
  }
  const always = ['changing', 'clearing', 'resting', 'running', 'settling', 'starting'];
  expect([...seen].sort()).toEqual(mayBeRemoved ? [...always, 'removed'].sort() : always);
});
