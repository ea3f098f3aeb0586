/**
 * Translates pi's records to taskd's events: a pure fold.
 *
 * pi gives messages no ids and repeats tool output from its start; here messages are numbered and output becomes
 * deltas. Drops what the host doesn't need (turns, entries). Unknown records become notices.
 */
import { actQuestionOf } from '../../../schema/act-questions';
import type { AgentOutput } from '../../../schema/agent-output';
import { contentText, type PiMessage, type PiRecord, type PiUiRequest } from '../../../schema/pi-records';
import type { OutgoingEvent } from '../../../schema/rpc';
import type { TaskdApi } from '../../../schema/taskd-api';

export interface TranslateState {
  /** The generation of the process; message ids start with it */
  readonly generation: number;
  readonly messageCount: number;
  /** Output sent so far, by tool call */
  readonly toolOutput: ReadonlyMap<string, string>;
}

export const initialTranslation = (generation: number): TranslateState => ({
  generation,
  messageCount: 0,
  toolOutput: new Map(),
});

type TaskEvent = OutgoingEvent<TaskdApi>;

const outputCapCharacters = 65_536;

const output = (payload: AgentOutput): TaskEvent => ({ event: 'agent_output', payload });
const notice = (level: 'info' | 'warning' | 'error', text: string): TaskEvent =>
  output({ kind: 'notice', level, text });

const messageRole = ({ role, display }: PiMessage): 'user' | 'assistant' | 'custom' | null => {
  if (role === 'user' || role === 'assistant') return role;
  return role === 'custom' && display !== false ? 'custom' : null;
};

function messageEnd(messageId: string, role: 'user' | 'assistant' | 'custom', message: PiMessage): TaskEvent {
  const { stopReason, errorMessage } = message;
  return output({
    kind: 'message_end',
    messageId,
    role,
    ...(stopReason === undefined ? {} : { stopReason }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
    ...(role === 'assistant' ? {} : { text: contentText(message.content) }),
  });
}

const toolText = (result: { content?: Parameters<typeof contentText>[0] | undefined }): string =>
  contentText(result.content).slice(-outputCapCharacters);

function toolUpdate(
  before: string,
  now: string,
): Pick<Extract<AgentOutput, { kind: 'tool_output' }>, 'delta' | 'isReset'> {
  return now.startsWith(before) ? { delta: now.slice(before.length) } : { delta: now, isReset: true };
}

function uiEvents(request: PiUiRequest): TaskEvent[] {
  switch (request.method) {
    case 'confirm': {
      const { id, method, title, message, timeout } = request;
      return [{ event: 'ui_request', payload: { id, method, title, message, ...deadline(timeout) } }];
    }
    case 'select': {
      const { id, method, title, options, timeout } = request;
      return [{ event: 'ui_request', payload: { id, method, title, options, ...deadline(timeout) } }];
    }
    case 'input': {
      const { id, method, title, placeholder, timeout } = request;
      const question = actQuestionOf(title, placeholder);
      if (question) return [{ event: 'act_question', payload: { id, question } }];
      const hint = placeholder === undefined ? {} : { placeholder };
      return [{ event: 'ui_request', payload: { id, method, title, ...hint, ...deadline(timeout) } }];
    }
    case 'editor': {
      const { id, method, title, prefill } = request;
      return [{ event: 'ui_request', payload: { id, method, title, ...(prefill === undefined ? {} : { prefill }) } }];
    }
    case 'notify':
      return [notice(request.notifyType, request.message)];
    case 'setStatus': {
      const { statusKey: key, statusText: text } = request;
      return [output({ kind: 'status', key, ...(text === undefined ? {} : { text }) })];
    }
    case 'setWidget':
    case 'setTitle':
    case 'set_editor_text':
      return [];
  }
}

const deadline = (timeout: number | undefined): { timeoutMs?: number } =>
  timeout === undefined ? {} : { timeoutMs: timeout };

type Step = readonly [TranslateState, TaskEvent[]];

function messageStep(state: TranslateState, type: 'message_start' | 'message_end', message: PiMessage): Step {
  const role = messageRole(message);
  if (role === null) return [state, []];
  if (type === 'message_start') {
    const next = { ...state, messageCount: state.messageCount + 1 };
    return [next, [output({ kind: 'message_start', messageId: currentMessage(next), role })]];
  }
  return [state, [messageEnd(currentMessage(state), role, message)]];
}

const currentMessage = ({ generation, messageCount }: TranslateState): string => `m${generation}-${messageCount}`;

function withToolOutput(state: TranslateState, toolCallId: string, text: string | null): TranslateState {
  const toolOutput = new Map(state.toolOutput);
  if (text === null) toolOutput.delete(toolCallId);
  else toolOutput.set(toolCallId, text);
  return { ...state, toolOutput };
}

/** The state after one record, and the events that follow from it. */
export function translate(state: TranslateState, record: PiRecord): Step {
  const messageId = currentMessage(state);
  switch (record.type) {
    case 'message_start':
    case 'message_end':
      return messageStep(state, record.type, record.message);
    case 'message_update': {
      const update = record.assistantMessageEvent;
      if (update.type === 'text_delta' || update.type === 'thinking_delta') {
        return [state, [output({ kind: update.type, messageId, delta: update.delta })]];
      }
      if (!('toolCall' in update)) return [state, []];
      const {
        id,
        name,
        arguments: args,
      } = update.toolCall as { id: string; name: string; arguments: Record<string, unknown> };
      return [state, [output({ kind: 'tool_call', messageId, toolCallId: id, toolName: name, args })]];
    }
    case 'tool_execution_start': {
      const { toolCallId, toolName, args } = record;
      return [withToolOutput(state, toolCallId, ''), [output({ kind: 'tool_start', toolCallId, toolName, args })]];
    }
    case 'tool_execution_update': {
      const { toolCallId } = record;
      const text = toolText(record.partialResult);
      const update = toolUpdate(state.toolOutput.get(toolCallId) ?? '', text);
      if (update.delta === '' && update.isReset !== true) return [state, []];
      return [withToolOutput(state, toolCallId, text), [output({ kind: 'tool_output', toolCallId, ...update })]];
    }
    case 'tool_execution_end': {
      const { toolCallId, isError, durationMs } = record;
      const end: AgentOutput = {
        kind: 'tool_end',
        toolCallId,
        isError,
        output: toolText(record.result),
        ...(durationMs === undefined ? {} : { durationMs }),
      };
      return [withToolOutput(state, toolCallId, null), [output(end)]];
    }
    case 'agent_end':
      return [state, [{ event: 'agent_end', payload: { willRetry: record.willRetry } }]];
    case 'queue_update':
      return [state, [{ event: 'queue_update', payload: { steering: record.steering, followUp: record.followUp } }]];
    case 'extension_ui_request':
      return [state, uiEvents(record.request)];
    case 'compaction_start':
      return [state, [notice('info', 'Shortening the conversation so that it fits the model.')]];
    case 'compaction_end':
      return [
        state,
        record.errorMessage ? [notice('warning', `Shortening the conversation failed: ${record.errorMessage}`)] : [],
      ];
    case 'auto_retry_start': {
      const seconds = Math.round(record.delayMs / 1000);
      return [
        state,
        [
          notice(
            'warning',
            `${record.errorMessage} Trying again in ${seconds} s (${record.attempt} of ${record.maxAttempts}).`,
          ),
        ],
      ];
    }
    case 'extension_error':
      return [state, [notice('error', `An extension failed in ${record.event}: ${record.error}`)]];
    case 'auto_retry_end':
    case 'agent_start':
    case 'agent_settled':
    case 'turn_start':
    case 'turn_end':
    case 'entry_appended':
    case 'session_info_changed':
    case 'thinking_level_changed':
    case 'bash_execution_update':
    case 'response':
      return [state, []];
    case 'unknown':
      return [
        state,
        [
          notice(
            'info',
            `pi sent something that this version of Piwork doesn't know: ${JSON.stringify(record.raw).slice(0, 200)}`,
          ),
        ],
      ];
  }
}
