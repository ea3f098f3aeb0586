/**
 * What pi writes to stdout in RPC mode, one record per line, as seen in pi 1.5.2 (`corpus/pi-1.5.2`).
 *
 * The objects are loose, because pi adds fields freely. An unknown record becomes `{ type: 'unknown', raw }`; it is
 * never an error and never lost.
 */
import { z } from 'zod';

const textPart = z.looseObject({ type: z.literal('text'), text: z.string() });
const otherPart = z.looseObject({ type: z.string() });
const content = z.union([z.string(), z.array(z.union([textPart, otherPart]))]);

export type PiContent = z.output<typeof content>;

/** The text of a message or a tool result. Images and other parts appear as names in brackets. */
export const contentText = (parts: PiContent | undefined): string => {
  if (parts === undefined) return '';
  if (typeof parts === 'string') return parts;
  return parts.map((part) => ('text' in part && typeof part.text === 'string' ? part.text : `[${part.type}]`)).join('');
};

const usage = z.looseObject({
  input: z.number().default(0),
  output: z.number().default(0),
  cacheRead: z.number().default(0),
  cacheWrite: z.number().default(0),
  cost: z.looseObject({ total: z.number().default(0) }).optional(),
});

export const piMessage = z.looseObject({
  role: z.string(),
  content: content.optional(),
  stopReason: z.string().optional(),
  errorMessage: z.string().optional(),
  display: z.boolean().optional(),
  timestamp: z.number().optional(),
  usage: usage.optional(),
});

export type PiMessage = z.output<typeof piMessage>;

const toolResult = z.looseObject({ content: content.optional() });
const args = z.record(z.string(), z.unknown());

const assistantMessageEvent = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text_delta'), delta: z.string() }),
  z.looseObject({ type: z.literal('thinking_delta'), delta: z.string() }),
  z.looseObject({
    type: z.literal('toolcall_end'),
    toolCall: z.looseObject({ id: z.string(), name: z.string(), arguments: args }),
  }),
  ...(
    [
      'start',
      'text_start',
      'text_end',
      'thinking_start',
      'thinking_end',
      'toolcall_start',
      'toolcall_delta',
      'done',
      'error',
    ] as const
  ).map((type) => z.looseObject({ type: z.literal(type) })),
]);

const dialogCommon = { type: z.literal('extension_ui_request'), id: z.string() };
const title = z.string().default('');
const timeout = z.number().positive().optional();

/** A question or a line for the person, from an extension. */
export const piUiRequest = z.discriminatedUnion('method', [
  z.looseObject({ ...dialogCommon, method: z.literal('confirm'), title, message: z.string().default(''), timeout }),
  z.looseObject({ ...dialogCommon, method: z.literal('select'), title, options: z.array(z.string()), timeout }),
  z.looseObject({ ...dialogCommon, method: z.literal('input'), title, placeholder: z.string().optional(), timeout }),
  z.looseObject({ ...dialogCommon, method: z.literal('editor'), title, prefill: z.string().optional() }),
  z.looseObject({
    ...dialogCommon,
    method: z.literal('notify'),
    message: z.string(),
    notifyType: z.enum(['info', 'warning', 'error']).catch('info'),
  }),
  z.looseObject({
    ...dialogCommon,
    method: z.literal('setStatus'),
    statusKey: z.string(),
    statusText: z.string().optional(),
  }),
  ...(['setWidget', 'setTitle', 'set_editor_text'] as const).map((method) =>
    z.looseObject({ ...dialogCommon, method: z.literal(method) }),
  ),
]);

export type PiUiRequest = z.output<typeof piUiRequest>;

const plain = <const T extends string>(type: T) => z.looseObject({ type: z.literal(type) });

const known = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('response'),
    id: z.string().optional(),
    command: z.string(),
    success: z.boolean(),
    data: z.unknown().optional(),
    error: z.string().optional(),
  }),
  plain('agent_start'),
  plain('turn_start'),
  plain('turn_end'),
  z.looseObject({ type: z.literal('agent_end'), willRetry: z.boolean().default(false) }),
  z.looseObject({ type: z.literal('agent_settled'), aborted: z.boolean().default(false) }),
  z.looseObject({ type: z.literal('message_start'), message: piMessage }),
  z.looseObject({ type: z.literal('message_end'), message: piMessage }),
  z.looseObject({ type: z.literal('message_update'), assistantMessageEvent }),
  z.looseObject({ type: z.literal('tool_execution_start'), toolCallId: z.string(), toolName: z.string(), args }),
  z.looseObject({ type: z.literal('tool_execution_update'), toolCallId: z.string(), partialResult: toolResult }),
  z.looseObject({
    type: z.literal('tool_execution_end'),
    toolCallId: z.string(),
    toolName: z.string(),
    result: toolResult,
    isError: z.boolean(),
    durationMs: z.number().optional(),
  }),
  z.looseObject({
    type: z.literal('queue_update'),
    steering: z.array(z.string()).default([]),
    followUp: z.array(z.string()).default([]),
  }),
  z.looseObject({ type: z.literal('entry_appended'), entry: z.looseObject({ type: z.string() }) }),
  plain('session_info_changed'),
  plain('thinking_level_changed'),
  z.looseObject({ type: z.literal('compaction_start'), reason: z.string() }),
  z.looseObject({
    type: z.literal('compaction_end'),
    aborted: z.boolean().default(false),
    errorMessage: z.string().optional(),
  }),
  z.looseObject({
    type: z.literal('auto_retry_start'),
    attempt: z.number(),
    maxAttempts: z.number(),
    delayMs: z.number(),
    errorMessage: z.string().default(''),
  }),
  z.looseObject({ type: z.literal('auto_retry_end'), success: z.boolean(), finalError: z.string().optional() }),
  plain('bash_execution_update'),
  z.looseObject({ type: z.literal('extension_error'), event: z.string().default(''), error: z.string().default('') }),
]);

export type PiRecord =
  | z.output<typeof known>
  | { readonly type: 'extension_ui_request'; readonly request: PiUiRequest }
  | { readonly type: 'unknown'; readonly raw: unknown };

/** Reads one record; returns a record for any input. */
export function parsePiRecord(value: unknown): PiRecord {
  const request = piUiRequest.safeParse(value);
  if (request.success) return { type: 'extension_ui_request', request: request.data };
  const record = known.safeParse(value);
  return record.success ? record.data : { type: 'unknown', raw: value };
}

/** One line of pi's session file (JSONL, version 3). */
export const piSessionEntry = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  parentId: z.string().nullish(),
  timestamp: z.string().optional(),
  /** Also absent when its shape isn't known; the entry still connects those before and after it */
  message: piMessage.optional().catch(undefined),
});

export type PiSessionEntry = z.output<typeof piSessionEntry>;
