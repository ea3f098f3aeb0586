/**
 * Decides about a command before it runs. Like the decision about a held act, but for everything the command is about
 * to do. Permission covers the names that were asked about, for the rest of the turn.
 */
import type { ApprovalKind } from '../../schema/approvals';
import { agentSentence, type Refusal } from './agent-sentence';
import { kindsOf, type AheadRequest } from './ahead-request';
import { aheadSentence } from './ahead-sentence';
import {
  putQuestion,
  taskOf,
  type ApprovalEffect,
  type ApprovalInput,
  type ApprovalState,
  type Step,
} from './approval-state';
import { coveringGrant } from './grant-rules';
import { shownPath } from './shown-text';

type Ahead = Extract<ApprovalInput, { kind: 'ahead' }>;

/** The limits for one task: open questions, and questions in a row without an answer. */
export interface AskingCaps {
  readonly open: number;
  readonly unanswered: number;
}

interface Named {
  readonly kind: ApprovalKind;
  readonly path: string;
  readonly to: string | null;
  readonly count: number;
}

/** What a question or a log entry mentions: the most serious kind, its first file, and the number of files. */
function namedOf(request: AheadRequest): Named {
  const [kind = 'run'] = kindsOf(request);
  const first = request.files.find((file) => file.kind === kind);
  const count = request.files.reduce((sum, { fileCount }) => sum + fileCount, 0);
  return {
    kind,
    path: shownPath(first?.path ?? request.program ?? ''),
    to: first?.to == null ? null : shownPath(first.to),
    count: Math.max(1, count),
  };
}

/** For the sentence to the agent: the acts that it named itself, not the files that they lead to. */
export const refusedOf = (request: AheadRequest): Named => ({
  ...namedOf(request),
  count: Math.max(1, request.files.length),
});

type LoggedEnd = Pick<Extract<ApprovalEffect, { kind: 'log' }>['record'], 'outcome' | 'scope'>;

const logged = ({ request, now }: Ahead, end: LoggedEnd): ApprovalEffect => {
  const { taskId, program } = request;
  return { kind: 'log', record: { at: now, taskId, ...namedOf(request), program, pid: 0, ...end } };
};

function refuse(state: ApprovalState, input: Ahead, refusal: Refusal): Step {
  const outcome = refusal === 'expired' ? 'expired' : 'cancelled';
  const { request } = input;
  return [
    state,
    {
      kind: 'decide',
      taskId: request.taskId,
      decision: { isAllowed: false, outcome, reason: agentSentence(refusal, refusedOf(request)) },
      sentence: null,
    },
    logged(input, { outcome, scope: null }),
  ];
}

function ask(state: ApprovalState, { request, folder, now, timeoutMs }: Ahead): Step {
  const { taskId, program, files } = request;
  const named = namedOf(request);
  const only = files.length === 1 ? files[0] : undefined;
  const draft = {
    ...named,
    taskId,
    sentence: aheadSentence(request),
    sizeBytes: only?.sizeBytes ?? null,
    fileKind: only?.fileKind ?? 'other',
    program,
    openedAt: now,
    expiresAt: now + timeoutMs,
  };
  return putQuestion(state, draft, { pid: 0, folder, ahead: request });
}

/** @throws never; a request without acts is allowed */
export function askAhead(state: ApprovalState, input: Ahead, caps: AskingCaps): Step {
  const { request, folder } = input;
  const { taskId } = request;
  const grants = kindsOf(request).map((kind) => coveringGrant(state.grants, { taskId, kind, folder }));
  if (grants.every((grant) => grant !== null)) {
    const decide = {
      kind: 'decide',
      taskId,
      decision: { isAllowed: true, outcome: 'granted' },
      sentence: null,
    } as const;
    const [first] = grants;
    // A grant is logged at the act itself; a command without one has no other entry.
    return first && kindsOf(request).includes('run')
      ? [state, decide, logged(input, { outcome: 'granted', scope: first.scope })]
      : [state, decide];
  }
  const { canAsk, unanswered, questions } = taskOf(state, taskId);
  if (!canAsk) return refuse(state, input, 'nobody');
  if (unanswered >= caps.unanswered) return refuse(state, input, 'expired');
  return questions.size >= caps.open ? refuse(state, input, 'too_many') : ask(state, input);
}
