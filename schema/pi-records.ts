/**
 * What pi writes to stdout in RPC mode, one record a line, as seen in pi 1.5.2 (`corpus/pi-1.5.2`).
 *
 * The objects are loose: pi adds fields freely. What a model, a provider or an extension may choose in them is read
 * as it comes and repaired, so that a strange value never costs the record. A record that is not known here becomes
 * `{ type: 'unknown', raw }`, never an error and never lost.
 */
import { z } from 'zod';
import { dialogId } from './ids';
import { contentText, readArguments, readContent, readText } from './loose-values';

const text = z.unknown().optional().transform(readText);
/** Absent where there is nothing to read */
const optionalText = z
  .unknown()
  .optional()
  .transform((value) => (value === undefined || value === null ? undefined : readText(value)));
const texts = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? value.map(readText) : []));
const isTrue = z
  .unknown()
  .optional()
  .transform((value) => value === true);
/** Zero where it isn't a number that counts something */
const count = z.number().nonnegative().catch(0);
const content = z
  .unknown()
  .optional()
  .transform((value) => (value === undefined ? undefined : readContent(value)));
const args = z.unknown().optional().transform(readArguments);

export const piMessage = z.looseObject({
  role: z.string(),
  content,
  stopReason: optionalText,
  /** The provider's own word */
  rawStopReason: optionalText,
  errorMessage: optionalText,
  display: z.boolean().optional().catch(undefined),
});

export type PiMessage = z.output<typeof piMessage>;

const noMessage: PiMessage = {
  role: '',
  content: undefined,
  stopReason: undefined,
  rawStopReason: undefined,
  errorMessage: undefined,
};
const message = piMessage.catch(noMessage);
const toolResult = z.looseObject({ content }).catch({ content: undefined });

/** A call as the model wrote it, in a message or when its arguments are whole. */
export const piToolCall = z.looseObject({ id: text, name: text, arguments: args });

const assistantMessageEvent = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text_delta'), delta: z.unknown().optional().transform(deltaText) }),
  z.looseObject({ type: z.literal('thinking_delta'), delta: z.unknown().optional().transform(deltaText) }),
  z.looseObject({
    type: z.literal('toolcall_end'),
    /** The call's place in the message */
    contentIndex: z.number().int().nonnegative().optional().catch(undefined),
    toolCall: piToolCall.catch({ id: '', name: '', arguments: {} }),
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

/** Some providers send text in parts. */
function deltaText(value: unknown): string {
  return contentText(readContent(value));
}

const dialogCommon = { type: z.literal('extension_ui_request'), id: dialogId };
/** Milliseconds; timers hold no more */
const timeout = z
  .number()
  .positive()
  .transform((ms) => Math.min(ms, 2 ** 31 - 1))
  .optional()
  .catch(undefined);

/** A question or a line for the person, from an extension. */
const piUiRequest = z.discriminatedUnion('method', [
  z.looseObject({ ...dialogCommon, method: z.literal('confirm'), title: text, message: text, timeout }),
  z.looseObject({ ...dialogCommon, method: z.literal('select'), title: text, options: texts, timeout }),
  z.looseObject({ ...dialogCommon, method: z.literal('input'), title: text, placeholder: optionalText, timeout }),
  z.looseObject({ ...dialogCommon, method: z.literal('editor'), title: text, prefill: optionalText }),
  z.looseObject({
    ...dialogCommon,
    method: z.literal('notify'),
    message: text,
    notifyType: z.enum(['info', 'warning', 'error']).catch('info'),
  }),
  z.looseObject({ ...dialogCommon, method: z.literal('setStatus'), statusKey: text, statusText: optionalText }),
  ...(['setWidget', 'setTitle', 'set_editor_text'] as const).map((method) =>
    z.looseObject({ ...dialogCommon, method: z.literal(method) }),
  ),
]);

export type PiUiRequest = z.output<typeof piUiRequest>;

const plain = <const T extends string>(type: T) => z.looseObject({ type: z.literal(type) });

const known = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('response'),
    id: z.string().optional().catch(undefined),
    command: text,
    success: isTrue,
    data: z.unknown().optional(),
    error: optionalText,
  }),
  plain('agent_start'),
  plain('turn_start'),
  plain('turn_end'),
  z.looseObject({ type: z.literal('agent_end'), willRetry: isTrue }),
  z.looseObject({ type: z.literal('agent_settled'), aborted: isTrue }),
  z.looseObject({ type: z.literal('message_start'), message }),
  z.looseObject({ type: z.literal('message_end'), message }),
  z.looseObject({ type: z.literal('message_update'), assistantMessageEvent }),
  z.looseObject({ type: z.literal('tool_execution_start'), toolCallId: text, toolName: text, args }),
  z.looseObject({ type: z.literal('tool_execution_update'), toolCallId: text, partialResult: toolResult }),
  z.looseObject({
    type: z.literal('tool_execution_end'),
    toolCallId: text,
    toolName: text,
    result: toolResult,
    isError: isTrue,
    durationMs: z.number().nonnegative().optional().catch(undefined),
  }),
  z.looseObject({ type: z.literal('queue_update'), steering: texts, followUp: texts }),
  plain('entry_appended'),
  plain('session_info_changed'),
  plain('thinking_level_changed'),
  plain('compaction_start'),
  z.looseObject({ type: z.literal('compaction_end'), aborted: isTrue, errorMessage: optionalText }),
  z.looseObject({
    type: z.literal('auto_retry_start'),
    attempt: count,
    maxAttempts: count,
    delayMs: count,
    errorMessage: text,
  }),
  plain('auto_retry_end'),
  plain('bash_execution_update'),
  z.looseObject({ type: z.literal('extension_error'), event: text, error: text }),
]);

export type PiRecord =
  | z.output<typeof known>
  | { readonly type: 'extension_ui_request'; readonly request: PiUiRequest }
  | { readonly type: 'unknown'; readonly raw: unknown };

const isUiRequest = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'extension_ui_request';

/** Reads one record; whatever it is, the answer is a record. */
export function parsePiRecord(value: unknown): PiRecord {
  if (isUiRequest(value)) {
    const request = piUiRequest.safeParse(value);
    return request.success ? { type: 'extension_ui_request', request: request.data } : { type: 'unknown', raw: value };
  }
  const record = known.safeParse(value);
  return record.success ? record.data : { type: 'unknown', raw: value };
}

/** One line of pi's session file (JSONL, version 3). */
export const piSessionEntry = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  parentId: z.string().nullish(),
  timestamp: z.string().optional(),
  /** Absent too where it has a shape that is not known: the entry still joins those before and after it */
  message: piMessage.optional().catch(undefined),
});

export type PiSessionEntry = z.output<typeof piSessionEntry>;
