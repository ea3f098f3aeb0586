/**
 * What an agent does, as taskd reports it: small deltas, never the accumulated message.
 *
 * | kind                                     | order                                                     |
 * |------------------------------------------|-----------------------------------------------------------|
 * | message_start … deltas … message_end     | per message; deltas of one message are in order           |
 * | tool_call                                | in an assistant message, when its arguments are complete  |
 * | tool_start … tool_output … tool_end      | per tool call, after the message that made it             |
 * | notice, status                           | any time                                                  |
 */
import { z } from 'zod';

const messageId = z.string().min(1);
const toolCallId = z.string().min(1);

export const tokenUsage = z.object({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  cacheRead: z.number().nonnegative(),
  cacheWrite: z.number().nonnegative(),
  /** In US dollars, at the model's listed prices */
  cost: z.number().nonnegative(),
});

export const noticeLevel = z.enum(['info', 'warning', 'error']);

export const agentOutput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message_start'), messageId, role: z.enum(['user', 'assistant', 'custom']) }),
  z.object({ kind: z.literal('text_delta'), messageId, delta: z.string() }),
  z.object({ kind: z.literal('thinking_delta'), messageId, delta: z.string() }),
  z.object({
    kind: z.literal('tool_call'),
    messageId,
    toolCallId,
    toolName: z.string(),
    args: z.record(z.string(), z.unknown()),
  }),
  z.object({
    kind: z.literal('message_end'),
    messageId,
    role: z.enum(['user', 'assistant', 'custom']),
    /** As pi reports it: stop, length, toolUse, error, aborted; absent for a user's message */
    stopReason: z.string().optional(),
    /** The provider's own word for it, where pi passes it on */
    rawReason: z.string().optional(),
    errorMessage: z.string().optional(),
    /** Only if no deltas came before: a user's or an extension's message */
    text: z.string().optional(),
  }),
  z.object({
    kind: z.literal('tool_start'),
    toolCallId,
    toolName: z.string(),
    args: z.record(z.string(), z.unknown()),
  }),
  z.object({
    kind: z.literal('tool_output'),
    toolCallId,
    delta: z.string(),
    /** `delta` replaces the text so far, which happens when a tool truncates its own output */
    isReset: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('tool_end'),
    toolCallId,
    isError: z.boolean(),
    /** The result's final text, at most its last 64 KiB */
    output: z.string(),
    durationMs: z.number().nonnegative().optional(),
  }),
  z.object({ kind: z.literal('notice'), level: noticeLevel, text: z.string() }),
  /** A status line from an extension; an absent text clears it */
  z.object({ kind: z.literal('status'), key: z.string(), text: z.string().optional() }),
]);

export type AgentOutput = z.output<typeof agentOutput>;
