/** From pi's session file, the source of truth for what was said, to the conversation that people read. */
import type { ConversationItem } from '../../schema/conversation';
import { contentText, readText } from '../../schema/loose-values';
import { piMessage, piToolCall, type PiMessage, type PiSessionEntry } from '../../schema/pi-records';
import { parseSession } from '../../schema/pi-session';
import { z } from 'zod';
import { answerEnd } from './answer-ending';

const thinkingPart = z.looseObject({ type: z.literal('thinking'), thinking: z.string() });
/** A model may leave the id out, or make it a number */
const toolResult = piMessage.extend({
  toolCallId: z.unknown().optional().transform(readText),
  isError: z.boolean().catch(false),
});
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

/** A call that has no result yet */
interface Unanswered {
  /** Of the item, which is our own */
  readonly id: string;
  /** The model's; others may have it too */
  readonly piId: string;
}

const callsOf = ({ content }: PiMessage) =>
  Array.isArray(content) ? content.filter(({ type }) => type === 'toolCall').map((part) => piToolCall.parse(part)) : [];

/** Models number their calls from the start in each answer, or give several one id: ours counts them. */
const callId = (answerId: string, index: number): string => `${answerId}/${index + 1}`;

function assistantItems(id: string, at: number, message: PiMessage): ConversationItem[] {
  const parts = Array.isArray(message.content) ? message.content : [];
  const thinking = parts.flatMap((part) => thinkingPart.safeParse(part).data?.thinking ?? []).join('');
  const text = contentText(parts.filter(({ type }) => type === 'text'));
  const { stopReason, rawStopReason: rawReason, errorMessage } = message;
  const isEmpty = text.trim() === '' && callsOf(message).length === 0;
  return [
    {
      id,
      at,
      kind: 'assistant',
      text,
      thinking,
      isStreaming: false,
      ...(stopReason === undefined ? {} : { stopReason }),
      ...answerEnd({ stopReason, rawReason, errorMessage, isEmpty }),
    },
    ...callsOf(message).map(({ name: toolName, arguments: args }, index): ConversationItem => {
      return { id: callId(id, index), at, kind: 'tool', toolName, args, status: 'failed', output: '' };
    }),
  ];
}

/** The conversation in the entries of one branch. */
export function conversationFrom(entries: readonly PiSessionEntry[]): ConversationItem[] {
  const items: ConversationItem[] = [];
  /** Of the newest answer, in its order: results come in the same one */
  let unanswered: Unanswered[] = [];
  for (const { id = '', timestamp, message } of entries) {
    if (!message) continue;
    const at = timestamp === undefined ? 0 : Date.parse(timestamp) || 0;
    if (message.role === 'user') items.push({ id, at, kind: 'user', text: contentText(message.content) });
    if (message.role === 'assistant') {
      unanswered = callsOf(message).map((call, index) => ({ id: callId(id, index), piId: call.id }));
      items.push(...assistantItems(id, at, message));
    }
    if (message.role === 'custom' && message.display !== false) {
      items.push({ id, at, kind: 'notice', level: 'info', text: contentText(message.content) });
    }
    const result = message.role === 'toolResult' ? toolResult.safeParse(message).data : undefined;
    const answered = unanswered.find(({ piId }) => piId === result?.toolCallId);
    const index = answered ? items.findLastIndex((item) => item.id === answered.id) : -1;
    const call = items[index];
    if (!result || call?.kind !== 'tool') continue;
    unanswered = unanswered.filter((other) => other !== answered);
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
