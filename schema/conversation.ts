/**
 * A conversation as people read it, and the one pure function that grows it.
 *
 * The host folds taskd's `agent_output` and pi's session file into these items and sends the changes as deltas. The
 * renderer applies the same deltas with the same function.
 */
import { z } from 'zod';
import { runEnding } from './run-ending';

const base = {
  /** Unique within the task */
  id: z.string(),
  /** Milliseconds since the epoch */
  at: z.number(),
};

export const conversationItem = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('user'), text: z.string(), promptId: z.string().optional() }),
  z.object({
    ...base,
    kind: z.literal('assistant'),
    text: z.string(),
    thinking: z.string(),
    isStreaming: z.boolean(),
    stopReason: z.string().optional(),
    /** How it ended, where it is not whole; `errorMessage` says it in words */
    ending: runEnding.optional(),
    errorMessage: z.string().optional(),
  }),
  z.object({
    ...base,
    kind: z.literal('tool'),
    toolName: z.string(),
    args: z.record(z.string(), z.unknown()),
    status: z.enum(['pending', 'running', 'done', 'failed']),
    output: z.string(),
    durationMs: z.number().optional(),
  }),
  z.object({ ...base, kind: z.literal('notice'), level: z.enum(['info', 'warning', 'error']), text: z.string() }),
]);

export type ConversationItem = z.output<typeof conversationItem>;

/** Fields of an existing item that a change may replace. */
const itemPatch = z.object({
  text: z.string().optional(),
  isStreaming: z.boolean().optional(),
  stopReason: z.string().optional(),
  ending: runEnding.optional(),
  errorMessage: z.string().optional(),
  status: z.enum(['pending', 'running', 'done', 'failed']).optional(),
  args: z.record(z.string(), z.unknown()).optional(),
  output: z.string().optional(),
  durationMs: z.number().optional(),
});

export const conversationChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('add'), item: conversationItem }),
  z.object({
    type: z.literal('append'),
    id: z.string(),
    field: z.enum(['text', 'thinking', 'output']),
    delta: z.string(),
  }),
  z.object({ type: z.literal('patch'), id: z.string(), patch: itemPatch }),
  /** Replaces everything: the conversation went back, or forward again */
  z.object({ type: z.literal('replace'), items: z.array(conversationItem) }),
]);

export type ConversationChange = z.output<typeof conversationChange>;

const replaceById = (
  items: readonly ConversationItem[],
  id: string,
  change: (item: ConversationItem) => ConversationItem,
): readonly ConversationItem[] => {
  const index = items.findLastIndex((item) => item.id === id);
  const item = items[index];
  return item ? items.with(index, change(item)) : items;
};

/** The conversation after a change. A change to an item that doesn't exist does nothing. */
export function applyChange(
  items: readonly ConversationItem[],
  change: ConversationChange,
): readonly ConversationItem[] {
  switch (change.type) {
    case 'replace':
      return change.items;
    case 'add':
      return items.some((item) => item.id === change.item.id) ? items : [...items, change.item];
    case 'append':
      return replaceById(items, change.id, (item) => {
        const before: unknown = Object.entries(item).find(([name]) => name === change.field)?.[1];
        return typeof before === 'string' ? { ...item, [change.field]: before + change.delta } : item;
      });
    case 'patch':
      return replaceById(items, change.id, (item) => ({ ...item, ...change.patch }) as ConversationItem);
  }
}
