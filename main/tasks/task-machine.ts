/**
 * What a task does next: a pure function from a state and an input to the next state and its effects.
 *
 * | from               | input                               | to                | effects                      |
 * | ------------------ | ----------------------------------- | ----------------- | ---------------------------- |
 * | resting            | prompt                              | starting          | begin-run                    |
 * | resting            | change                              | clearing          |                              |
 * | resting            | remove                              | removed           | stop-process, withdraw       |
 * | resting            | run-ended, of a run without prompt  | resting           | close-run, announce-end      |
 * | starting           | turn-begun, with an open process    | running           |                              |
 * | starting           | prompt-failed                       | resting           |                              |
 * | starting           | run-ended, stop, process-ended      | settling          | close-run                    |
 * | running            | stop                                | running           | abort                        |
 * | running            | run-ended, process-ended            | settling          | close-run                    |
 * | running            | vm-gone                             | settling          | close-run, withdraw          |
 * | settling           | run-closed                          | resting           | announce-end                 |
 * | clearing           | cleared, without a process          | changing          | withdraw                     |
 * | clearing, changing | changed                             | resting           |                              |
 * | removed            | restored                            | resting           |                              |
 * | removed            | opened                              | removed           | stop-process, withdraw       |
 *
 * Any other input changes at most the process and the questions. An input about an older run or process changes
 * nothing.
 */
import type { TaskEffect, TaskInput } from './task-inputs';
import type { Outcome } from './task-ports';
import { endProcess, nextDialogs, nextProcess, processEffects, withdraw } from './task-process';
import { processNumber, promptInFlight, restingTask } from './task-state';
import type { Changing, Clearing, Resting, Running, Settling, Starting, TaskState } from './task-state';

type Step = readonly [TaskState, ...TaskEffect[]];

const aborted: Outcome = { isAborted: true, problem: null };
const failed = (problem: string): Outcome => ({ isAborted: false, problem });

function isOld(state: TaskState, input: TaskInput): boolean {
  if ('promptId' in input) return input.promptId !== promptInFlight(state);
  return 'process' in input && input.process !== processNumber(state);
}

/** Why the task can't continue by itself, after an input about its process. */
function nextProblem({ process, problem }: Resting | Clearing, input: TaskInput): string | null {
  switch (input.kind) {
    case 'opened':
      return null;
    case 'end-process':
      return process.kind === 'open' ? null : problem;
    case 'process-ended':
      if (process.kind === 'opening') return problem;
      return input.problem ?? (process.kind === 'open' ? null : problem);
    default:
      return problem;
  }
}

const endedAs = ({ problem, ending }: Outcome) => ({ problem, ...(ending && problem !== null ? { ending } : {}) });

/** Another problem than the run's is a failure, and not how the run ended. */
function withProblem({ ending, ...state }: Resting, problem: string | null): Resting {
  return { ...state, problem, ...(ending && problem !== null && problem === state.problem ? { ending } : {}) };
}

const settle = (state: Starting | Running, input: TaskInput, outcome: Outcome): Step => [
  {
    kind: 'settling',
    promptId: state.promptId,
    from: state.kind,
    outcome,
    process: nextProcess(state.process, input),
    dialogs: nextDialogs(state.dialogs, input),
  },
  { kind: 'close-run', promptId: state.promptId, outcome },
  ...processEffects(state.process, input),
];

const stepProcess = (state: Resting | Starting | Settling, input: TaskInput): Step => [
  { ...state, process: nextProcess(state.process, input), dialogs: nextDialogs(state.dialogs, input) },
  ...processEffects(state.process, input),
];

function stepResting(state: Resting, input: TaskInput): Step {
  const { process, dialogs, problem } = state;
  switch (input.kind) {
    case 'prompt':
      return [
        { kind: 'starting', promptId: input.run.promptId, process, dialogs },
        { kind: 'begin-run', run: input.run },
      ];
    case 'change':
      return [{ kind: 'clearing', change: input.change, process, problem }];
    case 'remove':
      return [{ kind: 'removed' }, ...(process.kind === 'open' ? endProcess : withdraw)];
    case 'run-ended': {
      const { promptId, outcome } = input;
      const ended = { promptId, outcome };
      const rested: Resting = { ...state, ...endedAs(outcome), dialogs: [] };
      return [rested, { kind: 'close-run', ...ended }, { kind: 'announce-end', ...ended }];
    }
    default:
      return stepProcess(withProblem(state, nextProblem(state, input)), input);
  }
}

function stepStarting(state: Starting, input: TaskInput): Step {
  const { promptId, process, dialogs } = state;
  switch (input.kind) {
    case 'turn-begun':
      return process.kind === 'open' ? [{ kind: 'running', promptId, process, dialogs }] : [state];
    case 'prompt-failed':
      return [{ kind: 'resting', problem: input.problem, process, dialogs }];
    case 'stop':
      return settle(state, input, aborted);
    case 'run-ended':
      return settle(state, input, input.outcome);
    case 'process-ended':
      if (input.problem !== null && process.kind !== 'none') return settle(state, input, failed(input.problem));
      return stepProcess(state, input);
    default:
      return stepProcess(state, input);
  }
}

function stepRunning(state: Running, input: TaskInput): Step {
  switch (input.kind) {
    case 'stop':
      return [state, { kind: 'abort', promptId: state.promptId }];
    case 'run-ended':
      return settle(state, input, input.outcome);
    case 'process-ended':
      return settle(state, input, input.problem === null ? aborted : failed(input.problem));
    case 'vm-gone':
      return settle(state, input, failed(input.why));
    case 'dialog-opened':
    case 'dialog-closed':
      return [{ ...state, dialogs: nextDialogs(state.dialogs, input) }];
    default:
      return [state];
  }
}

function stepSettling(state: Settling, input: TaskInput): Step {
  if (input.kind !== 'run-closed') return stepProcess(state, input);
  const { promptId, outcome, process } = state;
  return [
    { kind: 'resting', ...endedAs(outcome), process, dialogs: [] },
    { kind: 'announce-end', promptId, outcome },
  ];
}

function stepClearing(state: Clearing, input: TaskInput): Step {
  const { change, process, problem } = state;
  switch (input.kind) {
    case 'cleared':
      return process.kind === 'none' ? [{ kind: 'changing', change, problem }, ...withdraw] : [state];
    case 'changed':
      return [{ kind: 'resting', problem, process, dialogs: [] }];
    case 'open':
    case 'reopen':
      return [state];
    default: {
      const next = { ...state, process: nextProcess(process, input), problem: nextProblem(state, input) };
      return [next, ...processEffects(process, input)];
    }
  }
}

const stepChanging = (state: Changing, input: TaskInput): Step =>
  input.kind === 'changed' ? [{ ...restingTask, problem: state.problem }] : [state];

/** The state after `input`, and the effects to perform, in order. */
export function step(state: TaskState, input: TaskInput): Step {
  if (state.kind === 'removed') {
    if (input.kind === 'restored') return [restingTask];
    return input.kind === 'opened' ? [state, ...endProcess] : [state];
  }
  if (isOld(state, input)) return [state];
  switch (state.kind) {
    case 'resting':
      return stepResting(state, input);
    case 'starting':
      return stepStarting(state, input);
    case 'running':
      return stepRunning(state, input);
    case 'settling':
      return stepSettling(state, input);
    case 'clearing':
      return stepClearing(state, input);
    case 'changing':
      return stepChanging(state, input);
  }
}
