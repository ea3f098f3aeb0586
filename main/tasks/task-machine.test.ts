import { step } from './task-machine';
import type { TaskInput } from './task-inputs';
import {
  announceEnd,
  changing,
  clearing,
  closeRun,
  done,
  endProcess,
  ended,
  failed,
  gone,
  none,
  openFailed,
  opened,
  opening,
  processEnded,
  question,
  removed,
  resting,
  run,
  running,
  settling,
  starting,
  stopped,
  withdraw,
  type Row,
} from './test/task-states';

const rows: readonly Row[] = [
  [
    'a prompt',
    resting({ problem: 'Lost.', process: none }),
    { kind: 'prompt', run },
    starting({ process: none }),
    [{ kind: 'begin-run', run }],
  ],
  ...[starting(), running(), settling(), clearing(), changing(), removed].map((state): Row => [
    `a prompt while ${state.kind}`,
    state,
    { kind: 'prompt', run },
    state,
    [],
  ]),
  [
    'a prompt that cannot be kept',
    starting(),
    { kind: 'prompt-failed', promptId: 'p1', problem: 'No space.' },
    resting({ problem: 'No space.' }),
    [],
  ],
  ['its turn has begun', starting(), { kind: 'turn-begun', promptId: 'p1' }, running(), []],
  [
    'its turn has begun, but its process is gone',
    starting({ process: none }),
    { kind: 'turn-begun', promptId: 'p1' },
    starting({ process: none }),
    [],
  ],
  [
    'a stop before the run',
    starting({ process: opening }),
    { kind: 'stop' },
    settling({ from: 'starting', process: opening, outcome: stopped }),
    [closeRun(stopped)],
  ],
  ['a stop of the run', running(), { kind: 'stop' }, running(), [{ kind: 'abort', promptId: 'p1' }]],
  ['a stop of nothing', resting(), { kind: 'stop' }, resting(), []],
  ['a stop at the end', settling(), { kind: 'stop' }, settling(), []],
  [
    'the run has ended',
    running({ dialogs: [question] }),
    ended('p1', done),
    settling({ dialogs: [question] }),
    [closeRun(done)],
  ],
  [
    'the run cannot begin',
    starting({ process: none }),
    ended('p1', failed),
    settling({ from: 'starting', process: none, outcome: failed }),
    [closeRun(failed)],
  ],
  ['the run has ended again', settling(), ended('p1', failed), settling(), []],
  [
    'the run is closed',
    settling({ dialogs: [question] }),
    { kind: 'run-closed', promptId: 'p1' },
    resting(),
    [announceEnd(done)],
  ],
  [
    'a failed run is closed',
    settling({ outcome: failed, process: none }),
    { kind: 'run-closed', promptId: 'p1' },
    resting({ problem: 'pi ended.', process: none }),
    [announceEnd(failed)],
  ],
  [
    'a run of an extension has ended',
    resting({ dialogs: [question] }),
    ended(null, failed),
    resting({ problem: 'pi ended.' }),
    [
      { kind: 'close-run', promptId: null, outcome: failed },
      { kind: 'announce-end', promptId: null, outcome: failed },
    ],
  ],
  ['a run of an extension is closed', resting(), { kind: 'run-closed', promptId: null }, resting(), []],
  ['a change', resting({ dialogs: [question] }), { kind: 'change', change: 'undo' }, clearing(), []],
  ['a change during a run', running(), { kind: 'change', change: 'undo' }, running(), []],
  ['a change during a change', changing(), { kind: 'change', change: 'apply' }, changing(), []],
  ['the process ends for a change', clearing(), { kind: 'end-process' }, clearing({ process: none }), endProcess],
  ['an opening that was under way', clearing({ process: opening }), opened, clearing(), []],
  ['one that fails', clearing({ process: opening }), openFailed, clearing({ process: none }), []],
  [
    'a new opening before a change',
    clearing({ process: none }),
    { kind: 'open', next: 2 },
    clearing({ process: none }),
    [],
  ],
  ['another process before a change', clearing(), { kind: 'reopen', next: 2 }, clearing(), []],
  [
    'the process ends by itself before a change',
    clearing(),
    processEnded('pi ended.'),
    clearing({ process: none, problem: 'pi ended.' }),
    [],
  ],
  ['the guest is gone before a change', clearing(), gone, clearing({ process: none }), withdraw],
  [
    'no process is left',
    clearing({ process: none, problem: 'Lost.' }),
    { kind: 'cleared' },
    changing({ problem: 'Lost.' }),
    withdraw,
  ],
  ['a process is left', clearing({ process: opening }), { kind: 'cleared' }, clearing({ process: opening }), []],
  ['a change fails before it begins', clearing(), { kind: 'changed' }, resting(), []],
  ['an opening during a change', changing(), { kind: 'open', next: 2 }, changing(), []],
  [
    'a change is done',
    changing({ problem: 'Lost.' }),
    { kind: 'changed' },
    resting({ process: none, problem: 'Lost.' }),
    [],
  ],
  ['a removal', resting(), { kind: 'remove' }, removed, endProcess],
  ['a removal of a closed task', resting({ process: none }), { kind: 'remove' }, removed, withdraw],
  ['a removal during a run', running(), { kind: 'remove' }, running(), []],
  ['a removal during a change', changing(), { kind: 'remove' }, changing(), []],
  ['a process that comes after the removal', removed, opened, removed, endProcess],
  ['a removal that fails', removed, { kind: 'restored' }, resting({ process: none }), []],
];

test.each(rows)('%s', (_name, state, input, next, effects) => {
  expect(step(state, input)).toEqual([next, ...effects]);
});

test('an input about an older run or process changes nothing', () => {
  const live = [resting(), starting(), running(), settling(), clearing()];
  const states = [...live, resting({ process: opening }), resting({ process: none }), changing()];
  const late: TaskInput[] = [
    { kind: 'prompt-failed', promptId: 'p0', problem: 'late' },
    { kind: 'turn-begun', promptId: 'p0' },
    { kind: 'run-ended', promptId: 'p0', outcome: failed },
    { kind: 'run-closed', promptId: 'p0' },
    { kind: 'opened', process: 0, extensions: 'late' },
    { kind: 'open-failed', process: 0 },
    { kind: 'process-ended', process: 0, problem: 'late' },
    { kind: 'vm-gone', process: 0, why: 'late' },
    { kind: 'dialog-opened', process: 0, dialog: question },
    { kind: 'dialog-closed', process: 0, id: 'q1' },
  ];
  for (const state of states) for (const input of late) expect(step(state, input)).toEqual([state]);
  // An event from before there was a process is outdated once there is one.
  const before = processEnded('late', null);
  for (const state of [resting(), starting(), running(), clearing()]) expect(step(state, before)).toEqual([state]);
  // So is the end of a run without a prompt, once there is a run.
  for (const state of [starting(), running(), settling()]) expect(step(state, ended(null, failed))).toEqual([state]);
});
