/** What one event of taskd changes in a task: pure. */
import type { ActQuestion } from '../../schema/act-questions';
import type { AgentOutput } from '../../schema/agent-output';
import type { ConversationChange, ConversationItem } from '../../schema/conversation';
import type { TaskdApi } from '../../schema/taskd-api';
import type { ContractEvent } from '../../schema/rpc';
import { foldOutput } from './fold-output';
import type { TaskRecord } from './task-store';
import type { TaskRuntime } from './task-runtime';

export type TaskdEvent = ContractEvent<TaskdApi>;

export type EventEffect =
  | { readonly kind: 'artifacts' }
  | { readonly kind: 'acts'; readonly id: string; readonly question: ActQuestion }
  /** The task has no pi process any more */
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'settled';
      /** Of the run that ended; none for one that an extension began */
      readonly promptId: string | null;
      readonly isAborted: boolean;
      readonly problem: string | null;
    };

export interface Reduced {
  readonly runtime: TaskRuntime;
  readonly changes: ConversationChange[];
  readonly record: Partial<TaskRecord> | null;
  readonly effects: readonly EventEffect[];
}

export interface Before {
  readonly runtime: TaskRuntime;
  readonly items: readonly ConversationItem[];
  /** The run that the event belongs to */
  readonly run: string;
}

/** Why a run that has settled did not succeed, if so: the model's last message says it. */
function runProblem(items: readonly ConversationItem[]): string | null {
  const last = items.findLast((item) => item.kind === 'assistant');
  return last?.stopReason === 'error' ? (last.errorMessage ?? 'The model failed and gave no reason.') : null;
}

const isWaiting = (runtime: TaskRuntime): TaskRuntime['activity'] =>
  runtime.promptInFlight === null ? 'idle' : 'running';

/** taskd numbers messages anew after each start of the guest, and models their calls; the run makes the ids unique. */
const ofRun = (run: string, output: AgentOutput): AgentOutput => ({
  ...output,
  ...('messageId' in output ? { messageId: `${run}/${output.messageId}` } : {}),
  ...('toolCallId' in output ? { toolCallId: `${run}/${output.toolCallId}` } : {}),
});

export function reduceTaskdEvent({ runtime, items, run }: Before, event: TaskdEvent): Reduced {
  const same: Reduced = { runtime, changes: [], record: null, effects: [] };
  switch (event.event) {
    case 'agent_output': {
      const changes = foldOutput(items, ofRun(run, event.payload), event.timestamp);
      return { ...same, changes, effects: event.payload.kind === 'tool_end' ? [{ kind: 'artifacts' }] : [] };
    }
    case 'ui_request': {
      const dialogs = [...runtime.dialogs, { ...event.payload, openedAt: event.timestamp }];
      return { ...same, runtime: { ...runtime, activity: 'needs_you', dialogs } };
    }
    case 'act_question':
      return { ...same, effects: [{ kind: 'acts', ...event.payload }] };
    case 'ui_request_closed': {
      const dialogs = runtime.dialogs.filter(({ id }) => id !== event.payload.id);
      const activity = dialogs.length > 0 ? 'needs_you' : isWaiting(runtime);
      return { ...same, runtime: { ...runtime, activity, dialogs } };
    }
    case 'usage': {
      const { input, output, cacheRead, cacheWrite, cost } = event.payload;
      return { ...same, record: { usage: { input, output, cacheRead, cacheWrite, cost } } };
    }
    case 'agent_settled': {
      const { promptId, isAborted } = event.payload;
      const problem = isAborted ? null : runProblem(items);
      return { ...same, effects: [{ kind: 'settled', promptId, isAborted, problem }] };
    }
    case 'task_error': {
      const problem = event.payload.message;
      if (runtime.promptInFlight === null) {
        return {
          ...same,
          runtime: { ...runtime, activity: 'failed', problem, dialogs: [] },
          effects: [{ kind: 'closed' }],
        };
      }
      const notice = { kind: 'notice', level: 'error', text: problem } as const;
      const changes = foldOutput(items, notice, event.timestamp);
      const settled = { kind: 'settled', promptId: runtime.promptInFlight, isAborted: false, problem } as const;
      return { ...same, changes, effects: [{ kind: 'closed' }, settled] };
    }
    case 'task_stopped':
      return { ...same, runtime: { ...runtime, activity: 'stopped', dialogs: [] }, effects: [{ kind: 'closed' }] };
    case 'task_switch_started':
    case 'task_ready':
    case 'task_bootstrap_state':
    case 'agent_end':
    case 'queue_update':
    case 'terminal_output':
      return same;
  }
}
