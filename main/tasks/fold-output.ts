/** From the agent's output to changes of the conversation. Pure. */
import type { AgentOutput } from '../../schema/agent-output';
import type { ConversationChange, ConversationItem } from '../../schema/conversation';
import { answerEnd } from './answer-ending';

type Of<K extends AgentOutput['kind']> = Extract<AgentOutput, { kind: K }>;

const find = (items: readonly ConversationItem[], id: string): ConversationItem | undefined =>
  items.findLast((item) => item.id === id);

/** The person's words are shown when they are sent; pi repeats them when the run begins. */
function userMessage(
  items: readonly ConversationItem[],
  { messageId, text = '' }: Of<'message_end'>,
  at: number,
): ConversationChange[] {
  const shown = items.findLast((item) => item.kind === 'user');
  if (shown?.promptId !== undefined && shown.text.trim() === text.trim()) return [];
  return [{ type: 'add', item: { id: messageId, at, kind: 'user', text } }];
}

/** Whether an answer said nothing and called no tool. */
function isEmpty(items: readonly ConversationItem[], messageId: string): boolean {
  const index = items.findLastIndex(({ id }) => id === messageId);
  const item = items[index];
  if (item?.kind !== 'assistant') return false;
  return item.text.trim() === '' && !items.slice(index).some(({ kind }) => kind === 'tool');
}

function messageEnd(items: readonly ConversationItem[], output: Of<'message_end'>, at: number): ConversationChange[] {
  const { messageId, role, stopReason, rawReason, errorMessage, text } = output;
  if (role === 'user') return userMessage(items, output, at);
  if (role === 'custom')
    return text ? [{ type: 'add', item: { id: messageId, at, kind: 'notice', level: 'info', text } }] : [];
  const patch = {
    isStreaming: false,
    ...(stopReason === undefined ? {} : { stopReason }),
    ...answerEnd({ stopReason, rawReason, errorMessage, isEmpty: isEmpty(items, messageId) }),
  };
  return [{ type: 'patch', id: messageId, patch }];
}

function toolItem(
  items: readonly ConversationItem[],
  { toolCallId, toolName, args }: Of<'tool_call' | 'tool_start'>,
  status: 'pending' | 'running',
  at: number,
): ConversationChange[] {
  if (find(items, toolCallId)) return [{ type: 'patch', id: toolCallId, patch: { status, args } }];
  return [{ type: 'add', item: { id: toolCallId, at, kind: 'tool', toolName, args, status, output: '' } }];
}

/** The changes that one output makes to a conversation. */
export function foldOutput(items: readonly ConversationItem[], output: AgentOutput, at: number): ConversationChange[] {
  switch (output.kind) {
    case 'message_start':
      if (output.role !== 'assistant') return [];
      return [
        {
          type: 'add',
          item: { id: output.messageId, at, kind: 'assistant', text: '', thinking: '', isStreaming: true },
        },
      ];
    case 'text_delta':
      return [{ type: 'append', id: output.messageId, field: 'text', delta: output.delta }];
    case 'thinking_delta':
      return [{ type: 'append', id: output.messageId, field: 'thinking', delta: output.delta }];
    case 'message_end':
      return messageEnd(items, output, at);
    case 'tool_call':
      return toolItem(items, output, 'pending', at);
    case 'tool_start':
      return toolItem(items, output, 'running', at);
    case 'tool_output':
      return output.isReset
        ? [{ type: 'patch', id: output.toolCallId, patch: { output: output.delta } }]
        : [{ type: 'append', id: output.toolCallId, field: 'output', delta: output.delta }];
    case 'tool_end': {
      const { toolCallId, isError, output: text, durationMs } = output;
      const patch = {
        status: isError ? ('failed' as const) : ('done' as const),
        output: text,
        ...(durationMs === undefined ? {} : { durationMs }),
      };
      return [{ type: 'patch', id: toolCallId, patch }];
    }
    case 'notice':
      return [
        {
          type: 'add',
          item: { id: `notice-${at}-${items.length}`, at, kind: 'notice', level: output.level, text: output.text },
        },
      ];
    case 'status':
      return [];
  }
}

/** Closes the items that a run left open when it ended without saying so. */
export function closeOpenItems(items: readonly ConversationItem[]): ConversationChange[] {
  return items.flatMap((item): ConversationChange[] => {
    if (item.kind === 'assistant' && item.isStreaming) {
      return [{ type: 'patch', id: item.id, patch: { isStreaming: false, stopReason: 'aborted' } }];
    }
    if (item.kind === 'tool' && (item.status === 'pending' || item.status === 'running')) {
      return [{ type: 'patch', id: item.id, patch: { status: 'failed' } }];
    }
    return [];
  });
}
