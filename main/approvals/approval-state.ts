/**
 * The state of questions and answers, the inputs that change it, and the effects. Data only; `approval-machine.ts`
 * decides.
 */
import type { Approval, ApprovalAnswer, ApprovalKind, ApprovalLogEntry, Grant } from '../../schema/approvals';
import type { Act } from '../../schema/files-api';
import type { ActDecision } from './act-decision';
import type { AheadRequest, Allowance } from './ahead-request';
import { noMemory, type ProgramMemory } from './program-memory';

export interface Question {
  readonly approval: Approval;
  readonly pid: number;
  /** Absolute path of the task's working folder */
  readonly folder: string | null;
  /** The command that was asked about before it ran; `null` for a held act */
  readonly ahead: AheadRequest | null;
}

export interface TaskState {
  readonly canAsk: boolean;
  readonly questions: ReadonlyMap<string, Question>;
  readonly memory: ProgramMemory;
  /** What the person allowed before it was done */
  readonly allowances: readonly Allowance[];
  /** Questions in a row that nobody answered in this turn */
  readonly unanswered: number;
}

export interface ApprovalState {
  /** Differs at each start, so that an answer meant for an earlier start matches no question */
  readonly idPrefix: string;
  readonly nextId: number;
  readonly tasks: ReadonlyMap<string, TaskState>;
  readonly grants: readonly Grant[];
}

export type ApprovalInput =
  | {
      readonly kind: 'act';
      readonly act: Act;
      readonly folder: string | null;
      readonly now: number;
      readonly timeoutMs: number;
    }
  | {
      readonly kind: 'ahead';
      readonly request: AheadRequest;
      readonly folder: string | null;
      readonly now: number;
      readonly timeoutMs: number;
    }
  | { readonly kind: 'answer'; readonly id: string; readonly answer: ApprovalAnswer; readonly now: number }
  | { readonly kind: 'expire'; readonly id: string; readonly now: number }
  /** A waiting act was withdrawn by its program */
  | { readonly kind: 'withdraw'; readonly id: string; readonly now: number }
  | { readonly kind: 'named'; readonly taskId: string; readonly pid: number; readonly program: string }
  /** After a quiet period: what the process is called now */
  | {
      readonly kind: 'looked-again';
      readonly taskId: string;
      readonly pid: number;
      readonly program: string | null;
      readonly now: number;
    }
  | {
      readonly kind: 'begin';
      readonly taskId: string;
      readonly allow: readonly ApprovalKind[];
      readonly canAsk: boolean;
      readonly now: number;
    }
  | { readonly kind: 'end'; readonly taskId: string; readonly now: number }
  | { readonly kind: 'forget'; readonly taskId: string; readonly now: number }
  | { readonly kind: 'revoke'; readonly id: string }
  | { readonly kind: 'load'; readonly grants: readonly Grant[] };

/** A log entry and its task */
export interface LogRecord extends ApprovalLogEntry {
  readonly pid: number;
}

export type ApprovalEffect =
  /** Answers the request of this input */
  | {
      readonly kind: 'decide';
      readonly taskId: string;
      readonly decision: ActDecision;
      readonly sentence: string | null;
    }
  /** The request of this input waits for this question */
  | { readonly kind: 'wait'; readonly id: string }
  | { readonly kind: 'asked'; readonly approval: Approval; readonly pid: number }
  | { readonly kind: 'changed'; readonly approval: Approval }
  /** Answers all that wait for this question, which is now closed */
  | {
      readonly kind: 'closed';
      readonly approval: Approval;
      readonly decision: ActDecision;
      readonly sentence: string | null;
    }
  | { readonly kind: 'grants'; readonly isKeptToo: boolean }
  | { readonly kind: 'log'; readonly record: LogRecord };

export type Step = readonly [ApprovalState, ...ApprovalEffect[]];

/** Outside a turn, the person is asked and nothing is allowed. */
const restingTask: TaskState = { canAsk: true, questions: new Map(), memory: noMemory, allowances: [], unanswered: 0 };

export const emptyState = (idPrefix: string): ApprovalState => ({
  idPrefix,
  nextId: 1,
  tasks: new Map(),
  grants: [],
});

export const taskOf = (state: ApprovalState, taskId: string): TaskState => state.tasks.get(taskId) ?? restingTask;

export function withTask(state: ApprovalState, taskId: string, change: Partial<TaskState>): ApprovalState {
  const task = { ...taskOf(state, taskId), ...change };
  return { ...state, tasks: new Map(state.tasks).set(taskId, task) };
}

/** Forgets everything about a task. */
export function withoutState(state: ApprovalState, taskId: string): ApprovalState {
  const tasks = new Map(state.tasks);
  tasks.delete(taskId);
  return { ...state, tasks };
}

/** Opens a question for the request of this input. */
export function putQuestion(state: ApprovalState, draft: Omit<Approval, 'id'>, rest: Omit<Question, 'approval'>): Step {
  const approval: Approval = { id: `${state.idPrefix}-${state.nextId}`, ...draft };
  const { taskId } = approval;
  const questions = new Map(taskOf(state, taskId).questions).set(approval.id, { approval, ...rest });
  return [
    withTask({ ...state, nextId: state.nextId + 1 }, taskId, { questions }),
    { kind: 'wait', id: approval.id },
    { kind: 'asked', approval, pid: rest.pid },
  ];
}

export const allQuestions = (state: ApprovalState): readonly Question[] =>
  [...state.tasks.values()].flatMap(({ questions }) => [...questions.values()]);

export const questionOf = (state: ApprovalState, id: string): Question | null =>
  allQuestions(state).find(({ approval }) => approval.id === id) ?? null;
