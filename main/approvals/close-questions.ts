/** How questions end: by an answer, which may settle others too, by time, or with their turn. Pure. */
import type { ApprovalScope, Grant, ApprovalOutcome } from '../../schema/approvals';
import { agentSentence, type Refusal } from './agent-sentence';
import { allowancesOf, kindsOf } from './ahead-request';
import { refusedOf } from './ask-ahead';
import {
  allQuestions,
  questionOf,
  taskOf,
  withoutState,
  withTask,
  type ApprovalEffect,
  type ApprovalInput,
  type ApprovalState,
  type Question,
  type Step,
} from './approval-state';
import { covers, keptGrants, withGrant } from './grant-rules';
import { noMemory, remember, type Remembered } from './program-memory';

interface Closing {
  readonly outcome: Exclude<ApprovalOutcome, 'granted'>;
  readonly scope: ApprovalScope | null;
  /** What the agent is told; `null` for nothing */
  readonly refusal: Refusal | null;
  readonly now: number;
}

/** Whether an end also answers what this program asks next. A question that the program withdrew answers nothing. */
function rememberedOf({ approval, pid }: Question, { outcome, scope, now }: Closing): Remembered | null {
  // The kernel's write-back has no program: each time it may serve another one.
  if (pid === 0 || outcome === 'cancelled') return null;
  const { program } = approval;
  if (outcome !== 'allowed') return { outcome, program, usedAt: now };
  return scope === 'once' ? { outcome: 'granted', program, usedAt: now } : null;
}

/** Closes one question and answers everything that waits for it. */
export function closeQuestion(state: ApprovalState, question: Question, closing: Closing): Step {
  const { approval, pid, ahead } = question;
  const { outcome, scope, refusal, now } = closing;
  const { taskId, kind, path, to, program, count } = approval;
  const task = taskOf(state, taskId);
  const questions = new Map(task.questions);
  questions.delete(approval.id);
  const known = rememberedOf(question, closing);
  const memory = known ? remember(task.memory, kind, pid, known) : task.memory;
  const isAllowed = outcome === 'allowed';
  const allowances = ahead && isAllowed ? [...task.allowances, ...allowancesOf(ahead)] : task.allowances;
  const sentence = refusal === null ? null : agentSentence(refusal, ahead ? refusedOf(ahead) : approval);
  return [
    withTask(state, taskId, { questions, memory, allowances }),
    {
      kind: 'closed',
      approval,
      decision: { isAllowed, outcome, ...(ahead && sentence !== null ? { reason: sentence } : {}) },
      sentence: ahead ? null : sentence,
    },
    { kind: 'log', record: { at: now, taskId, kind, path, to, program, count, outcome, scope, pid } },
  ];
}

function closeAll(state: ApprovalState, questions: readonly Question[], closing: Closing): Step {
  const effects: ApprovalEffect[] = [];
  let next = state;
  for (const question of questions) {
    const [closed, ...told] = closeQuestion(next, question, closing);
    next = closed;
    effects.push(...told);
  }
  return [next, ...effects];
}

/** Replaces the grants, and reports them when they differ. */
export function withGrants(state: ApprovalState, grants: readonly Grant[]): Step {
  if (grants === state.grants) return [state];
  const before = keptGrants(state.grants);
  const after = keptGrants(grants);
  const isKeptToo = before.length !== after.length || before.some((grant, index) => grant !== after[index]);
  return [
    { ...state, grants },
    { kind: 'grants', isKeptToo },
  ];
}

/** A question about a command needs a grant for every kind of act in it. */
const isCoveredBy =
  (grants: readonly Grant[]) =>
  ({ approval, folder, ahead }: Question): boolean =>
    (ahead ? kindsOf(ahead) : [approval.kind]).every((kind) =>
      grants.some((grant) => covers(grant, { taskId: approval.taskId, kind, folder })),
    );

/**
 * The person's answer. An answer for more than this program settles all open questions that it covers, in other tasks
 * too.
 */
export function answerQuestion(
  state: ApprovalState,
  { id, answer, now }: Extract<ApprovalInput, { kind: 'answer' }>,
): Step {
  const question = questionOf(state, id);
  if (!question || (answer.allow && answer.scope === 'folder' && question.folder === null)) return [state];
  const { taskId, kind } = question.approval;
  const kinds = question.ahead ? kindsOf(question.ahead) : [kind];
  // Somebody is there.
  const heard = withTask(state, taskId, { unanswered: 0 });
  if (!answer.allow) {
    return closeQuestion(heard, question, { outcome: 'denied', scope: null, refusal: 'denied', now });
  }
  const { scope } = answer;
  const closing: Closing = { outcome: 'allowed', scope, refusal: null, now };
  if (scope === 'once') return closeQuestion(heard, question, closing);
  const isFolder = scope === 'folder';
  const given = kinds.map<Grant>((granted, index) => ({
    id: `${state.idPrefix}-${state.nextId + index}`,
    kind: granted,
    scope,
    taskId: isFolder ? null : taskId,
    folder: isFolder ? question.folder : null,
    grantedAt: now,
  }));
  const [granted, ...told] = withGrants(
    { ...heard, nextId: state.nextId + given.length },
    given.reduce(withGrant, state.grants),
  );
  const covered = allQuestions(granted).filter(isCoveredBy(given));
  const [next, ...closed] = closeAll(granted, covered, closing);
  return [next, ...closed, ...told];
}

/**
 * A task without a turn: open questions are cancelled, answers are forgotten. The programs that were held are denied
 * until the next turn: one that is being ended must not ask again for its next file.
 */
export function endTask(state: ApprovalState, taskId: string, now: number): Step {
  const held = [...taskOf(state, taskId).questions.values()];
  const [closed, ...effects] = closeAll(state, held, { outcome: 'cancelled', scope: null, refusal: null, now });
  const forgotten = withoutState(closed, taskId);
  let memory = noMemory;
  for (const { approval, pid } of held) {
    if (pid === 0) continue;
    memory = remember(memory, approval.kind, pid, { outcome: 'cancelled', program: approval.program, usedAt: now });
  }
  return [held.length === 0 ? forgotten : withTask(forgotten, taskId, { memory }), ...effects];
}
