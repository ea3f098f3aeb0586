/** From pi's session file, the source of truth for what was said, to the conversation that people read. */
import type { ConversationItem } from '../../schema/conversation';
import { contentText } from '../../schema/loose-values';
import { piMessage, type PiMessage, type PiSessionEntry } from '../../schema/pi-records';
import { parseSession } from '../../schema/pi-session';
import { z } from 'zod';
import { shownError } from './shown-error';

const toolCallPart = z.looseObject({
  type: z.literal('toolCall'),
  id: z.string(),
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
});
const thinkingPart = z.looseObject({ type: z.literal('thinking'), thinking: z.string() });
const toolResult = piMessage.extend({ toolCallId: z.string(), isError: z.boolean().default(false) });
const outputCapCharacters = 65_536;

/**
 * The entries from the root to the newest. A session is a tree, and other branches aren't shown. Where a parent was
 * lost with a torn line, the line before it is used, so that earlier entries aren't lost too.
 */
export function currentBranch(entries: readonly PiSessionEntry[]): PiSessionEntry[] {
  const nodes = entries.filter(({ type, id }) => type !== 'session' && id !== undefined);
  const indexes = new Map(nodes.map(({ id }, index) => [id, index]));
  const branch: PiSessionEntry[] = [];
  const seen = new Set<number>();
  let index = nodes.length - 1;
  for (let entry = nodes[index]; entry && !seen.has(index); entry = nodes[index]) {
    seen.add(index);
    branch.push(entry);
    index = entry.parentId ? (indexes.get(entry.parentId) ?? index - 1) : -1;
  }
  return branch.reverse();
}

function assistantItems(id: string, at: number, message: PiMessage): ConversationItem[] {
  const parts = Array.isArray(message.content) ? message.content : [];
  const calls = parts.flatMap((part) => {
    const call = toolCallPart.safeParse(part);
    return call.success ? [call.data] : [];
  });
  const thinking = parts.flatMap((part) => thinkingPart.safeParse(part).data?.thinking ?? []).join('');
  const text = contentText(parts.filter(({ type }) => type === 'text'));
  const { stopReason, errorMessage } = message;
  return [
    {
      id,
      at,
      kind: 'assistant',
      text,
      thinking,
      isStreaming: false,
      ...(stopReason === undefined ? {} : { stopReason }),
      ...shownError(stopReason, errorMessage),
    },
    ...calls.map((call): ConversationItem => {
      const { id: callId, name: toolName, arguments: args } = call;
      // Some models number their calls from the start in each answer.
      return { id: `${id}/${callId}`, at, kind: 'tool', toolName, args, status: 'failed', output: '' };
    }),
  ];
}

/** The conversation in the entries of one branch. */
export function conversationFrom(entries: readonly PiSessionEntry[]): ConversationItem[] {
  const items: ConversationItem[] = [];
  /** The answer whose calls get their results next */
  let answerId = '';
  for (const { id = '', timestamp, message } of entries) {
    if (!message) continue;
    const at = timestamp === undefined ? 0 : Date.parse(timestamp) || 0;
    if (message.role === 'user') items.push({ id, at, kind: 'user', text: contentText(message.content) });
    if (message.role === 'assistant') {
      answerId = id;
      items.push(...assistantItems(id, at, message));
    }
    if (message.role === 'custom' && message.display !== false) {
      items.push({ id, at, kind: 'notice', level: 'info', text: contentText(message.content) });
    }
    const result = message.role === 'toolResult' ? toolResult.safeParse(message).data : undefined;
    const index = result ? items.findLastIndex((item) => item.id === `${answerId}/${result.toolCallId}`) : -1;
    const call = items[index];
    if (!result || call?.kind !== 'tool') continue;
    const output = contentText(result.content).slice(-outputCapCharacters);
    items[index] = {
      ...call,
      status: result.isError ? 'failed' : 'done',
      output,
      durationMs: Math.max(0, at - call.at),
    };
  }
  return items;
}

/** The conversation in the text of a session file. */
export const conversationOf = (session: string): ConversationItem[] =>
  conversationFrom(currentBranch(parseSession(session)));
