/**
 * From pi's records to taskd's events: a pure fold.
 *
 * pi gives no ids to messages, leaves those of tool calls to the model, and repeats tool output from its start; here
 * both are numbered and output becomes deltas. Texts have a cap or come in pieces, so that every event fits a frame.
 * What the host needs not know (turns, entries) is dropped; the first of each kind that is unknown becomes a notice.
 */
import type { AgentOutput } from '../../../schema/agent-output';
import { capText, contentText, readText } from '../../../schema/loose-values';
import { piErrorWords } from '../../../schema/pi-error-text';
import { piToolCall, type PiMessage, type PiRecord } from '../../../schema/pi-records';
import {
  announceCall,
  endAllCalls,
  endCall,
  endCallMessage,
  keepOutput,
  noCalls,
  runningCall,
  startCall,
  type CallPart,
  type Calls,
} from './call-ids';
import { notice, output, type TaskEvent } from './task-event';
import { uiEvents } from './translate-ui';

export interface TranslateState {
  /** Of this process; message ids start with it */
  readonly generation: number;
  readonly messageCount: number;
  /** Of the message that has begun and not ended */
  readonly openRole: Role | null;
  readonly calls: Calls;
  /** Kinds of records that were not known and have been reported */
  readonly unknown: ReadonlySet<string>;
}

export const initialTranslation = (generation: number): TranslateState => ({
  generation,
  messageCount: 0,
  openRole: null,
  calls: noCalls(generation),
  unknown: new Set(),
});

/** Characters of a tool's output */
const outputCap = 65_536;
/** Characters of one delta; a longer one comes in pieces */
const pieceCap = 262_144;
const textCap = 1_000_000;
const errorCap = 8_192;
const nameCap = 200;
const queueCap = 100;
const queuedCap = 20_000;

type Role = 'user' | 'assistant' | 'custom';
type Step = readonly [TranslateState, TaskEvent[]];

const messageRole = ({ role, display }: PiMessage): Role | null => {
  if (role === 'user' || role === 'assistant') return role;
  return role === 'custom' && display !== false ? 'custom' : null;
};

function messageEnd(messageId: string, role: Role, message: PiMessage): TaskEvent {
  const { stopReason, rawStopReason, errorMessage } = message;
  return output({
    kind: 'message_end',
    messageId,
    role,
    ...(stopReason === undefined ? {} : { stopReason: capText(stopReason, nameCap) }),
    ...(rawStopReason === undefined ? {} : { rawReason: capText(rawStopReason, nameCap) }),
    ...(errorMessage === undefined ? {} : { errorMessage: capText(errorMessage, errorCap) }),
    ...(role === 'assistant' ? {} : { text: capText(contentText(message.content), textCap) }),
  });
}

const toolText = (result: { content?: PiMessage['content'] }): string => contentText(result.content).slice(-outputCap);

function toolUpdate(
  before: string,
  now: string,
): Pick<Extract<AgentOutput, { kind: 'tool_output' }>, 'delta' | 'isReset'> {
  return now.startsWith(before) ? { delta: now.slice(before.length) } : { delta: now, isReset: true };
}

const currentMessage = ({ generation, messageCount }: TranslateState): string => `m${generation}-${messageCount}`;

function startMessage(state: TranslateState, role: Role): Step {
  const next = { ...state, messageCount: state.messageCount + 1, openRole: role };
  return [next, [output({ kind: 'message_start', messageId: currentMessage(next), role })]];
}

/** An answer whose beginning was lost begins here. */
const inAnswer = (state: TranslateState): Step =>
  state.openRole === 'assistant' ? [state, []] : startMessage(state, 'assistant');

/** The calls of a message as it is now; `null` where it does not say them. */
const callParts = ({ content }: PiMessage): readonly CallPart[] | null =>
  Array.isArray(content)
    ? content.flatMap((part, contentIndex) =>
        part.type === 'toolCall' ? [{ piId: readText(part['id']), contentIndex }] : [],
      )
    : null;

function endAnswer(before: TranslateState, message: PiMessage): Step {
  const [state, started] = inAnswer(before);
  const messageId = currentMessage(state);
  const [calls, unannounced] = endCallMessage(state.calls, callParts(message));
  const parts = Array.isArray(message.content) ? message.content : [];
  const announced = [...unannounced].map(([index, toolCallId]) => {
    const { name, arguments: args } = piToolCall.parse(parts[index]);
    return output({ kind: 'tool_call', messageId, toolCallId, toolName: capText(name, nameCap), args });
  });
  const end = messageEnd(messageId, 'assistant', message);
  return [{ ...state, calls, openRole: null }, [...started, ...announced, end]];
}

function messageStep(state: TranslateState, type: 'message_start' | 'message_end', message: PiMessage): Step {
  const role = messageRole(message);
  if (role === null) return [state, []];
  if (type === 'message_start') return startMessage(state, role);
  if (role === 'assistant') return endAnswer(state, message);
  return [{ ...state, openRole: null }, [messageEnd(currentMessage(state), role, message)]];
}

/** A delta in pieces that each fit a frame. */
function pieces(delta: string): string[] {
  const found: string[] = [];
  for (let from = 0; from < delta.length; from += pieceCap) found.push(delta.slice(from, from + pieceCap));
  return found;
}

type Update = Extract<PiRecord, { type: 'message_update' }>['assistantMessageEvent'];

function updateStep(before: TranslateState, update: Update): Step {
  if (update.type === 'text_delta' || update.type === 'thinking_delta') {
    const { type: kind } = update;
    const [state, started] = inAnswer(before);
    const messageId = currentMessage(state);
    return [state, [...started, ...pieces(update.delta).map((delta) => output({ kind, messageId, delta }))]];
  }
  if (update.type !== 'toolcall_end') return [before, []];
  const [state, started] = inAnswer(before);
  const { id: piId, name, arguments: args } = update.toolCall;
  const [calls, toolCallId] = announceCall(state.calls, { piId, contentIndex: update.contentIndex });
  const messageId = currentMessage(state);
  const call = output({ kind: 'tool_call', messageId, toolCallId, toolName: capText(name, nameCap), args });
  return [{ ...state, calls }, [...started, call]];
}

type ToolRecord = Extract<PiRecord, { type: 'tool_execution_start' | 'tool_execution_update' | 'tool_execution_end' }>;

function startTool(state: TranslateState, piId: string, name: string, args: Record<string, unknown>): Step {
  const [calls, toolCallId] = startCall(state.calls, piId);
  return [{ ...state, calls }, [output({ kind: 'tool_start', toolCallId, toolName: capText(name, nameCap), args })]];
}

function toolStep(state: TranslateState, record: ToolRecord): Step {
  const { toolCallId: piId } = record;
  if (record.type === 'tool_execution_start') return startTool(state, piId, record.toolName, record.args);
  const call = runningCall(state.calls, piId);
  if (record.type === 'tool_execution_update') {
    if (!call) return [state, []];
    const text = toolText(record.partialResult);
    const update = toolUpdate(call.output, text);
    if (update.delta === '' && update.isReset !== true) return [state, []];
    const calls = keepOutput(state.calls, call, text);
    return [{ ...state, calls }, [output({ kind: 'tool_output', toolCallId: call.id, ...update })]];
  }
  if (!call) {
    // Its beginning was lost; what was done is shown all the same.
    const [started, events] = startTool(state, piId, record.toolName, {});
    const [ended, end] = toolStep(started, record);
    return [ended, [...events, ...end]];
  }
  const { isError, durationMs, result } = record;
  const end: AgentOutput = {
    ...{ kind: 'tool_end', toolCallId: call.id, isError, output: toolText(result) },
    ...(durationMs === undefined ? {} : { durationMs }),
  };
  return [{ ...state, calls: endCall(state.calls, call) }, [output(end)]];
}

/** The first of its kind is reported: a later version of pi may send one with every word. */
function unknownStep(state: TranslateState, raw: unknown): Step {
  const kind = typeof raw === 'object' && raw !== null && 'type' in raw ? readText(raw.type) : '';
  if (state.unknown.has(kind) || state.unknown.size > nameCap) return [state, []];
  const text = `pi sent something that this version of Piwork doesn't know: ${JSON.stringify(raw).slice(0, 200)}`;
  return [{ ...state, unknown: new Set(state.unknown).add(kind) }, [notice('info', text)]];
}

const queued = (messages: readonly string[]): string[] =>
  messages.slice(0, queueCap).map((message) => capText(message, queuedCap));

/** The state after one record, and the events it gives rise to. */
export function translate(state: TranslateState, record: PiRecord): Step {
  switch (record.type) {
    case 'message_start':
    case 'message_end':
      return messageStep(state, record.type, record.message);
    case 'message_update':
      return updateStep(state, record.assistantMessageEvent);
    case 'tool_execution_start':
    case 'tool_execution_update':
    case 'tool_execution_end':
      return toolStep(state, record);
    case 'agent_end':
      return [state, [{ event: 'agent_end', payload: { willRetry: record.willRetry } }]];
    case 'queue_update': {
      const payload = { steering: queued(record.steering), followUp: queued(record.followUp) };
      return [state, [{ event: 'queue_update', payload }]];
    }
    case 'extension_ui_request':
      return [state, uiEvents(record.request)];
    case 'compaction_start':
      return [state, [notice('info', 'Shortening the conversation so that it fits the model.')]];
    case 'compaction_end': {
      if (!record.errorMessage) return [state, []];
      return [state, [notice('warning', `Shortening the conversation failed: ${piErrorWords(record.errorMessage)}`)]];
    }
    case 'auto_retry_start': {
      const { errorMessage, attempt, maxAttempts } = record;
      const when = `in ${Math.round(record.delayMs / 1000)} s (${attempt} of ${maxAttempts})`;
      const words = piErrorWords(errorMessage);
      return [state, [notice('warning', `${words}${/[.!?]$/.test(words) ? '' : '.'} Trying again ${when}.`)]];
    }
    case 'extension_error':
      return [state, [notice('error', `An extension failed in ${record.event}: ${record.error}`)]];
    case 'agent_settled':
      return [{ ...state, calls: endAllCalls(state.calls), openRole: null }, []];
    case 'auto_retry_end':
    case 'agent_start':
    case 'turn_start':
    case 'turn_end':
    case 'entry_appended':
    case 'session_info_changed':
    case 'thinking_level_changed':
    case 'bash_execution_update':
    case 'response':
      return [state, []];
    case 'unknown':
      return unknownStep(state, record.raw);
  }
}
