/**
 * The decision: a pure function from a state and an input to the next state and its effects.
 *
 * | an act is checked in this order for    | and is                                       |
 * | --------------------------------------- | -------------------------------------------- |
 * | a grant of the folder, task or turn     | allowed                                      |
 * | permission for the command that does it | allowed, for the names that were asked about |
 * | an answer about this program and kind   | allowed or denied as before                  |
 * | a run in which nobody can be asked      | denied, and the agent gets the reason        |
 * | a turn in which nobody answers          | denied, and the agent gets the reason        |
 * | an open question of this program        | held, and counted in that question           |
 * | too many open questions                 | denied, and the agent gets the reason        |
 * | none of these                           | held, and the person is asked                |
 */
import type { Act } from '../../schema/files-api';
import { agentSentence, type Refusal } from './agent-sentence';
import { isAllowedAhead } from './ahead-request';
import { askAhead } from './ask-ahead';
import {
  putQuestion,
  questionOf,
  taskOf,
  withoutState,
  withTask,
  type ApprovalEffect,
  type ApprovalInput,
  type ApprovalState,
  type Step,
} from './approval-state';
import { answerQuestion, closeQuestion, endTask, withGrants } from './close-questions';
import { coveringGrant, withGrant, withoutGrant, withoutTask, withoutTurn } from './grant-rules';
import { isQuiet, lookedAgain, named, recall, remember, touch, type Remembered } from './program-memory';
import { shownPath } from './shown-text';

type Input<K extends ApprovalInput['kind']> = Extract<ApprovalInput, { kind: K }>;

/** After this many unanswered questions in a row, nobody is there: a loop of `rm` must not wait for each file. */
const caps = { open: 64, unanswered: 3 };

/** Whether the process must be identified again before an earlier answer about it counts. */
export function needsAnotherLook(state: ApprovalState, act: Act, folder: string | null, now: number): boolean {
  const task = taskOf(state, act.taskId);
  const known = recall(task.memory, act.kind, act.pid);
  if (!known || !task.canAsk || !isQuiet(known, now)) return false;
  return coveringGrant(state.grants, { ...act, folder }) === null && !isAllowedAhead(task.allowances, act);
}

function logged(
  act: Act,
  now: number,
  rest: Pick<Extract<ApprovalEffect, { kind: 'log' }>['record'], 'outcome' | 'scope' | 'program'>,
): ApprovalEffect {
  const { taskId, kind, path, to, pid } = act;
  return { kind: 'log', record: { at: now, taskId, kind, path, to, pid, count: 1, ...rest } };
}

function refuse(state: ApprovalState, { act, now }: Input<'act'>, refusal: Refusal): Step {
  const { taskId, kind, pid } = act;
  const outcome = refusal === 'expired' ? 'expired' : 'cancelled';
  const sentence = agentSentence(refusal, { ...act, count: 1 });
  const known: Remembered = { outcome, program: null, usedAt: now };
  const { memory } = taskOf(state, taskId);
  // Room for a question may come soon, but a missing person stays missing for the turn.
  const isLasting = refusal !== 'too_many';
  return [
    isLasting ? withTask(state, taskId, { memory: remember(memory, kind, pid, known) }) : state,
    { kind: 'decide', taskId, decision: { isAllowed: false, outcome }, sentence },
    logged(act, now, { outcome, scope: null, program: null }),
  ];
}

function ask(state: ApprovalState, { act, folder, now, timeoutMs }: Input<'act'>): Step {
  const { taskId, kind, to, sizeBytes, fileKind, pid } = act;
  const draft = {
    taskId,
    kind,
    path: shownPath(act.path),
    to: to === null ? null : shownPath(to),
    sentence: act.sentence ? shownPath(act.sentence, 400) : null,
    sizeBytes,
    fileKind,
    program: null,
    count: 1,
    openedAt: now,
    expiresAt: now + timeoutMs,
  };
  return putQuestion(state, draft, { pid, folder, ahead: null });
}

function onAct(state: ApprovalState, input: Input<'act'>): Step {
  const { act, folder, now } = input;
  const { taskId, kind, pid } = act;
  const task = taskOf(state, taskId);
  const isSaidAhead = isAllowedAhead(task.allowances, act);
  // What runs by itself is asked each time: other permissions are not about that.
  const isOwnQuestion = Boolean(act.sentence);
  const granted = coveringGrant(state.grants, { taskId, kind, folder })?.scope ?? (isSaidAhead ? 'once' : null);
  const scope = isOwnQuestion ? null : granted;
  if (scope !== null) {
    return [
      state,
      { kind: 'decide', taskId, decision: { isAllowed: true, outcome: 'granted' }, sentence: null },
      logged(act, now, { outcome: 'granted', scope, program: null }),
    ];
  }
  const known = recall(task.memory, kind, pid);
  if (known && !(isOwnQuestion && known.outcome === 'granted')) {
    const { outcome, program } = known;
    const isAllowed = outcome === 'granted';
    const memory = touch(task.memory, kind, pid, now);
    return [
      memory === task.memory ? state : withTask(state, taskId, { memory }),
      { kind: 'decide', taskId, decision: { isAllowed, outcome }, sentence: null },
      logged(act, now, { outcome, scope: isAllowed ? 'once' : null, program }),
    ];
  }
  if (!task.canAsk) return refuse(state, input, 'nobody');
  if (task.unanswered >= caps.unanswered) return refuse(state, input, 'expired');
  for (const question of task.questions.values()) {
    if (
      isOwnQuestion ||
      question.ahead ||
      question.approval.sentence !== null ||
      question.approval.kind !== kind ||
      question.pid !== pid
    )
      continue;
    return recount(state, question.approval.id, 1, { kind: 'wait', id: question.approval.id });
  }
  return task.questions.size >= caps.open ? refuse(state, input, 'too_many') : ask(state, input);
}

function recount(state: ApprovalState, id: string, by: 1 | -1, ...before: ApprovalEffect[]): Step {
  const question = questionOf(state, id);
  if (!question) return [state, ...before];
  const approval = { ...question.approval, count: question.approval.count + by };
  const questions = new Map(taskOf(state, approval.taskId).questions).set(id, { ...question, approval });
  return [withTask(state, approval.taskId, { questions }), ...before, { kind: 'changed', approval }];
}

function onWithdraw(state: ApprovalState, { id, now }: Input<'withdraw'>): Step {
  const question = questionOf(state, id);
  if (!question) return [state];
  if (!question.ahead && question.approval.count > 1) return recount(state, id, -1);
  return closeQuestion(state, question, { outcome: 'cancelled', scope: null, refusal: null, now });
}

function onExpire(state: ApprovalState, { id, now }: Input<'expire'>): Step {
  const question = questionOf(state, id);
  if (!question) return [state];
  const { taskId } = question.approval;
  const unanswered = taskOf(state, taskId).unanswered + 1;
  return closeQuestion(withTask(state, taskId, { unanswered }), question, {
    outcome: 'expired',
    scope: null,
    refusal: 'expired',
    now,
  });
}

function onNamed(state: ApprovalState, { taskId, pid, program }: Input<'named'>): Step {
  const task = state.tasks.get(taskId);
  if (!task) return [state];
  const questions = new Map(task.questions);
  const effects: ApprovalEffect[] = [];
  for (const [id, question] of task.questions) {
    if (question.pid !== pid || question.approval.program !== null) continue;
    const approval = { ...question.approval, program };
    questions.set(id, { ...question, approval });
    effects.push({ kind: 'changed', approval });
  }
  return [withTask(state, taskId, { questions, memory: named(task.memory, pid, program) }), ...effects];
}

function onBegin(state: ApprovalState, { taskId, allow, canAsk, now }: Input<'begin'>): Step {
  const [ended, ...effects] = endTask(state, taskId, now);
  let { nextId } = ended;
  let grants = withoutTurn(ended.grants, taskId);
  for (const kind of allow) {
    const id = `${state.idPrefix}-${nextId++}`;
    grants = withGrant(grants, { id, kind, scope: 'turn', taskId, folder: null, grantedAt: now });
  }
  // Cancellations before this point belong to the time before.
  const fresh = withTask(withoutState({ ...ended, nextId }, taskId), taskId, { canAsk });
  const [begun, ...told] = withGrants(fresh, grants);
  return [begun, ...effects, ...told];
}

function onEnd(state: ApprovalState, { taskId, now }: Input<'end'>): Step {
  const [ended, ...effects] = endTask(state, taskId, now);
  const [next, ...told] = withGrants(ended, withoutTurn(ended.grants, taskId));
  return [next, ...effects, ...told];
}

function onForget(state: ApprovalState, { taskId, now }: Input<'forget'>): Step {
  const [ended, ...effects] = endTask(state, taskId, now);
  const [next, ...told] = withGrants(withoutState(ended, taskId), withoutTask(ended.grants, taskId));
  return [next, ...effects, ...told];
}

/** The state after `input`, and the effects to perform, in order. */
export function step(state: ApprovalState, input: ApprovalInput): Step {
  switch (input.kind) {
    case 'act':
      return onAct(state, input);
    case 'ahead':
      return askAhead(state, input, caps);
    case 'answer':
      return answerQuestion(state, input);
    case 'expire':
      return onExpire(state, input);
    case 'withdraw':
      return onWithdraw(state, input);
    case 'named':
      return onNamed(state, input);
    case 'looked-again': {
      const task = state.tasks.get(input.taskId);
      if (!task) return [state];
      return [withTask(state, input.taskId, { memory: lookedAgain(task.memory, input.pid, input.program, input.now) })];
    }
    case 'begin':
      return onBegin(state, input);
    case 'end':
      return onEnd(state, input);
    case 'forget':
      return onForget(state, input);
    case 'revoke':
      return withGrants(state, withoutGrant(state.grants, input.id));
    case 'load': {
      const [next, ...told] = withGrants(state, input.grants.reduce(withGrant, state.grants));
      // They came from the file, so they aren't written again.
      return told.length === 0 ? [next] : [next, { kind: 'grants', isKeptToo: false }];
    }
  }
}
