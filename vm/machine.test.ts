import { step, type VmEffect, type VmInput, type VmState } from './machine';

const failure = (reason: 'crashed' | 'boot_timeout' | 'spawn_failed' | 'guest_failed') => ({
  reason,
  message: reason,
  logTail: [],
});
const starting = (over: Partial<Extract<VmState, { kind: 'starting' }>> = {}): VmState => ({
  kind: 'starting',
  mode: 'resume',
  gen: 1,
  pid: 7,
  isTemplateSaved: false,
  isStopRequested: false,
  ...over,
});
const ready: VmState = { kind: 'ready', gen: 1, pid: 7 };
const stopping = (because: ReturnType<typeof failure> | null = null): VmState => ({
  kind: 'stopping',
  gen: 1,
  pid: 7,
  because,
});
const spawn = (mode: 'build' | 'resume', gen: number): VmEffect[] => [
  { kind: 'spawn', gen, mode },
  { kind: 'arm-boot', gen, mode },
];
const endIt: VmEffect[] = [
  { kind: 'ask-to-end', gen: 1, pid: 7 },
  { kind: 'arm-term', gen: 1 },
];

const rows: ReadonlyArray<readonly [string, VmState, VmInput, VmState, VmEffect[]]> = [
  [
    'start with a template',
    { kind: 'stopped' },
    { kind: 'start', hasTemplate: true },
    starting({ gen: 2, pid: null }),
    spawn('resume', 2),
  ],
  [
    'start without one builds it',
    { kind: 'failed', failure: failure('crashed') },
    { kind: 'start', hasTemplate: false },
    starting({ gen: 2, pid: null, mode: 'build' }),
    spawn('build', 2),
  ],
  ['spawned', starting({ pid: null }), { kind: 'spawned', gen: 1, pid: 7 }, starting(), []],
  [
    'spawned after a stop',
    starting({ pid: null, isStopRequested: true }),
    { kind: 'spawned', gen: 1, pid: 7 },
    stopping(),
    endIt,
  ],
  [
    'spawn fails',
    starting({ pid: null }),
    { kind: 'spawn-failed', gen: 1, failure: failure('spawn_failed') },
    { kind: 'failed', failure: failure('spawn_failed') },
    [],
  ],
  [
    'template saved',
    starting({ mode: 'build' }),
    { kind: 'template-saved', gen: 1 },
    starting({ mode: 'build', isTemplateSaved: true }),
    [],
  ],
  [
    'the builder ends after saving: resume',
    starting({ mode: 'build', isTemplateSaved: true }),
    { kind: 'exited', gen: 1, failure: failure('crashed') },
    starting({ gen: 2, pid: null }),
    spawn('resume', 2),
  ],
  [
    'dies while starting',
    starting(),
    { kind: 'exited', gen: 1, failure: failure('crashed') },
    { kind: 'failed', failure: failure('crashed') },
    [],
  ],
  ['hello', starting(), { kind: 'hello', gen: 1 }, ready, []],
  [
    'stop before the pid is known',
    starting({ pid: null }),
    { kind: 'stop' },
    starting({ pid: null, isStopRequested: true }),
    [],
  ],
  ['stop while starting', starting(), { kind: 'stop' }, stopping(), endIt],
  [
    'boot takes too long',
    starting(),
    { kind: 'boot-timer', gen: 1, failure: failure('boot_timeout') },
    stopping(failure('boot_timeout')),
    endIt,
  ],
  [
    'the guest reports a failure',
    starting(),
    { kind: 'start-failed', gen: 1, failure: failure('guest_failed') },
    stopping(failure('guest_failed')),
    endIt,
  ],
  ['stop when ready', ready, { kind: 'stop' }, stopping(), endIt],
  [
    'dies when ready',
    ready,
    { kind: 'exited', gen: 1, failure: failure('crashed') },
    { kind: 'failed', failure: failure('crashed') },
    [],
  ],
  ['will not end', stopping(), { kind: 'term-timer', gen: 1 }, stopping(), [{ kind: 'kill', gen: 1, pid: 7 }]],
  ['ended', stopping(), { kind: 'exited', gen: 1, failure: failure('crashed') }, { kind: 'stopped' }, []],
  [
    'ended because of a failure',
    stopping(failure('boot_timeout')),
    { kind: 'exited', gen: 1, failure: failure('crashed') },
    { kind: 'failed', failure: failure('boot_timeout') },
    [],
  ],
];

test.each(rows)('%s', (_name, state, input, next, effects) => {
  expect(step(state, input, 2)).toEqual([next, ...effects]);
});

test('an input of an older generation changes nothing', () => {
  const states = [starting({ gen: 5 }), { ...ready, gen: 5 }, { ...stopping(), gen: 5 } as VmState];
  const late: VmInput[] = [
    { kind: 'spawned', gen: 4, pid: 9 },
    { kind: 'spawn-failed', gen: 4, failure: failure('spawn_failed') },
    { kind: 'template-saved', gen: 4 },
    { kind: 'hello', gen: 4 },
    { kind: 'start-failed', gen: 4, failure: failure('guest_failed') },
    { kind: 'boot-timer', gen: 4, failure: failure('boot_timeout') },
    { kind: 'term-timer', gen: 4 },
    { kind: 'exited', gen: 4, failure: failure('crashed') },
  ];
  for (const state of states) for (const input of late) expect(step(state, input, 6)).toEqual([state]);
});

/** A small generator, so that a failing walk can be repeated from its seed. */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let value = seed; ;) {
    value = (value * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield value;
  }
}

test('on any walk no process lives in stopped or failed, and there are never two', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = randomNumbers(seed);
    const pick = <T>(choices: readonly T[]): T => choices[random.next().value % choices.length]!;
    const live = new Map<number, number>();
    const asked: number[] = [];
    let state: VmState = { kind: 'stopped' };
    let gen = 0;
    for (let turn = 0; turn < 120; turn++) {
      const g = pick([gen, gen, gen, Math.max(gen - 1, 0)]);
      const choices: VmInput[] = [
        { kind: 'start', hasTemplate: pick([true, false]) },
        { kind: 'stop' },
        { kind: 'hello', gen: g },
        { kind: 'template-saved', gen: g },
        { kind: 'boot-timer', gen: g, failure: failure('boot_timeout') },
        { kind: 'start-failed', gen: g, failure: failure('guest_failed') },
        { kind: 'term-timer', gen: g },
      ];
      for (const spawned of asked) choices.push({ kind: 'spawned', gen: spawned, pid: 100 + spawned });
      for (const alive of live.keys()) choices.push({ kind: 'exited', gen: alive, failure: failure('crashed') });
      const input = pick(choices);
      if (input.kind === 'spawned') {
        asked.splice(asked.indexOf(input.gen), 1);
        live.set(input.gen, input.pid);
      }
      if (input.kind === 'exited') live.delete(input.gen);
      const [next, ...effects] = step(state, input, gen + 1);
      for (const effect of effects) {
        if (effect.kind !== 'spawn') continue;
        gen = effect.gen;
        asked.push(effect.gen);
      }
      state = next;
      expect(live.size + asked.length).toBeLessThanOrEqual(1);
      if (state.kind === 'stopped' || state.kind === 'failed') expect(live.size).toBe(0);
    }
  }
});
