/** What one taskd event changes in a task. Pure. */
import type { ActQuestion } from '../../schema/act-questions';
import type { AgentOutput } from '../../schema/agent-output';
import type { ConversationChange, ConversationItem } from '../../schema/conversation';
import type { TaskdApi } from '../../schema/taskd-api';
import type { ContractEvent } from '../../schema/rpc';
import { foldOutput } from './fold-output';
import type { TaskInput } from './task-inputs';
import type { Outcome } from './task-ports';
import type { TaskRecord } from './task-store';

export type TaskdEvent = ContractEvent<TaskdApi>;

export type EventEffect =
  { readonly kind: 'artifacts' } | { readonly kind: 'acts'; readonly id: string; readonly question: ActQuestion };

export interface Reduced {
  readonly changes: ConversationChange[];
  readonly record: Partial<TaskRecord> | null;
  /** The input for the task's state */
  readonly input: TaskInput | null;
  readonly effects: readonly EventEffect[];
}

/** What the event belongs to: the task as it was when the event arrived */
export interface EventOrigin {
  readonly run: string;
  /** Number of the process, `null` for none */
  readonly process: number | null;
}

const noAnswer = 'The run ended without an answer. Try again.';

/** How a settled run ended: the model's last message in it says it. */
function runOutcome(items: readonly ConversationItem[], isAborted: boolean): Outcome {
  // The message says the problem.
  const base = { isAborted, problem: null, isTold: true };
  if (isAborted) return base;
  const ofRun = items.slice(items.findLastIndex(({ kind }) => kind === 'user') + 1);
  const last = ofRun.findLast((item) => item.kind === 'assistant');
  // An extension may end a run before the model is asked.
  if (!last) return base;
  // Its end was lost, or something but the person stopped it.
  if (last.isStreaming || last.stopReason === 'aborted')
    return { ...base, ending: 'incomplete', problem: noAnswer, isTold: false };
  const { ending, stopReason, errorMessage = noAnswer } = last;
  if (ending === undefined && stopReason !== 'error') return base;
  return { ...base, ...(ending && { ending }), problem: errorMessage };
}

/**
 * taskd numbers messages from the start after each start of the guest, and models do so with their calls. The run makes
 * the ids unique.
 */
const ofRun = (run: string, output: AgentOutput): AgentOutput => ({
  ...output,
  ...('messageId' in output ? { messageId: `${run}/${output.messageId}` } : {}),
  ...('toolCallId' in output ? { toolCallId: `${run}/${output.toolCallId}` } : {}),
});

export function reduceTaskdEvent(
  items: readonly ConversationItem[],
  { run, process }: EventOrigin,
  event: TaskdEvent,
): Reduced {
  const nothing: Reduced = { changes: [], record: null, input: null, effects: [] };
  switch (event.event) {
    case 'agent_output': {
      const changes = foldOutput(items, ofRun(run, event.payload), event.timestamp);
      return { ...nothing, changes, effects: event.payload.kind === 'tool_end' ? [{ kind: 'artifacts' }] : [] };
    }
    case 'ui_request': {
      const dialog = { ...event.payload, openedAt: event.timestamp };
      return { ...nothing, input: { kind: 'dialog-opened', process, dialog } };
    }
    case 'act_question':
      return { ...nothing, effects: [{ kind: 'acts', ...event.payload }] };
    case 'ui_request_closed':
      return { ...nothing, input: { kind: 'dialog-closed', process, id: event.payload.id } };
    case 'usage': {
      const { input, output, cacheRead, cacheWrite, cost } = event.payload;
      return { ...nothing, record: { usage: { input, output, cacheRead, cacheWrite, cost } } };
    }
    case 'agent_settled': {
      const { promptId, isAborted } = event.payload;
      return { ...nothing, input: { kind: 'run-ended', promptId, outcome: runOutcome(items, isAborted) } };
    }
    case 'task_error':
      return { ...nothing, input: { kind: 'process-ended', process, problem: event.payload.message } };
    case 'task_stopped':
      return { ...nothing, input: { kind: 'process-ended', process, problem: null } };
    case 'task_switch_started':
    case 'task_ready':
    case 'task_bootstrap_state':
    case 'agent_end':
    case 'queue_update':
    case 'terminal_output':
      return nothing;
  }
}
