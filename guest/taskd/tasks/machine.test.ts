import { isLive, stateName, step, type TaskInput, type TaskState } from './machine';

const creating: TaskState = { kind: 'creating', gen: 1, mode: 'created' };
const ready: TaskState = { kind: 'ready', gen: 1 };
const idle: TaskState = { kind: 'idle', gen: 1 };
const active: TaskState = { kind: 'active', gen: 1, promptId: 'p', isAborting: false };
const errored: TaskState = { kind: 'errored', message: 'died' };
const stopped: TaskState = { kind: 'stopped' };
const missing: TaskState = { kind: 'missing' };
const all = [missing, creating, ready, idle, active, errored, stopped];

const open = (hasSession: boolean): TaskInput => ({ kind: 'open', gen: 2, hasSession });
const started: TaskInput = { kind: 'run-started', gen: 1, promptId: 'p' };

const rows: ReadonlyArray<readonly [string, TaskState, TaskInput, TaskState]> = [
  ['a first opening', missing, open(false), { kind: 'creating', gen: 2, mode: 'created' }],
  ['an opening with a session', missing, open(true), { kind: 'creating', gen: 2, mode: 'resumed' }],
  ['an opening after a stop', stopped, open(true), { kind: 'creating', gen: 2, mode: 'resumed' }],
  ['an opening after an error', errored, open(false), { kind: 'creating', gen: 2, mode: 'recovered' }],
  ...[creating, ready, idle, active].map(
    (state) => [`an opening while ${state.kind}`, state, open(true), state] as const,
  ),
  ['booted', creating, { kind: 'booted', gen: 1 }, ready],
  ['booted twice', active, { kind: 'booted', gen: 1 }, active],
  ['a first run', ready, started, active],
  ['another run', idle, started, active],
  ['a run before it is ready', creating, started, creating],
  ['a run during a run', active, { ...started, promptId: 'q' }, active],
  ['an abort', active, { kind: 'abort' }, { ...active, isAborting: true }],
  ['an abort of nothing', idle, { kind: 'abort' }, idle],
  ['settled', active, { kind: 'settled', gen: 1 }, idle],
  ['settled without a run', ready, { kind: 'settled', gen: 1 }, ready],
  ...[creating, ready, idle, active].map(
    (state) => [`an exit while ${state.kind}`, state, { kind: 'exited', gen: 1, message: 'died' }, errored] as const,
  ),
  ...all.map((state) => [`a stop while ${state.kind}`, state, { kind: 'stop' }, stopped] as const),
];

test.each(rows)('%s', (_name, state, input, next) => {
  expect(step(state, input)).toEqual(next);
});

test('an event of another process changes nothing', () => {
  const late: TaskInput[] = [
    { kind: 'booted', gen: 9 },
    { kind: 'run-started', gen: 9, promptId: 'q' },
    { kind: 'settled', gen: 9 },
    { kind: 'exited', gen: 9, message: 'late' },
  ];
  for (const state of all) for (const input of late) expect(step(state, input)).toBe(state);
});

test('the wire has a name for every state', () => {
  expect(all.map(stateName)).toEqual(['missing', 'creating', 'ready', 'idle', 'active', 'errored', 'stopped']);
});

/** A small generator, so that a failing walk can be repeated from its seed. */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let value = seed; ;) {
    value = (value * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield value >> 8;
  }
}

test('on any walk a live state belongs to the newest process, and only a stop or an exit ends it', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = randomNumbers(seed);
    const pick = <T>(choices: readonly T[]): T => choices[random.next().value % choices.length]!;
    let state: TaskState = { kind: 'missing' };
    let gen = 0;
    for (let turn = 0; turn < 100; turn++) {
      const about = pick([gen, gen, gen, gen - 1]);
      const input = pick<TaskInput>([
        { kind: 'open', gen: gen + 1, hasSession: pick([true, false]) },
        { kind: 'booted', gen: about },
        { kind: 'run-started', gen: about, promptId: 'p' },
        { kind: 'abort' },
        { kind: 'settled', gen: about },
        { kind: 'exited', gen: about, message: 'died' },
        { kind: 'stop' },
      ]);
      const next = step(state, input);
      if (next.kind === 'creating' && next !== state) gen++;
      if (isLive(next)) expect(next.gen).toBe(gen);
      if (isLive(state) && !isLive(next)) {
        expect(input.kind === 'stop' || (input.kind === 'exited' && input.gen === gen)).toBe(true);
      }
      state = next;
    }
  }
});
