/** Writes a turn as an OpenAI chat completion: server-sent chunks in small pieces, or one object. */
import type { Turn } from './next-turn';

/** One write to the stream, and how long to wait before it. */
export interface Piece {
  readonly delayMs: number;
  readonly data: string;
}

export interface Completion {
  /** Unique among the answers of one conversation, because pi's tool call ids derive from it */
  readonly id: string;
  /** Seconds since the epoch */
  readonly created: number;
  readonly promptLength: number;
}

const charactersPerToken = 4;
const argumentPieceLength = 400;

const tokens = (length: number): number => Math.ceil(length / charactersPerToken);

/** A few words at a time, with the white space after them, so that the pieces join to the original text. */
export const splitText = (text: string): readonly string[] => text.match(/\s*(?:\S+\s*){1,3}/g) ?? [];

const splitEvery = (text: string, length: number): readonly string[] =>
  text.match(new RegExp(`[^]{1,${length}}`, 'gu')) ?? [];

const toolCalls = (turn: Turn, id: string) =>
  turn.calls.map((call, index) => ({
    index,
    id: `call_${id}_${index}`,
    type: 'function' as const,
    function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
  }));

const usageOf = (turn: Turn, { id, promptLength }: Completion) => {
  const answered = turn.text.length + JSON.stringify(toolCalls(turn, id)).length;
  const prompt = tokens(promptLength);
  const completion = tokens(answered);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
};

const finishReason = (turn: Turn): 'tool_calls' | 'stop' => (turn.calls.length > 0 ? 'tool_calls' : 'stop');

/** The stream of a turn, up to and including `[DONE]`. */
export function completionPieces(turn: Turn, completion: Completion): readonly Piece[] {
  const head = {
    id: `chatcmpl-${completion.id}`,
    object: 'chat.completion.chunk',
    created: completion.created,
    model: 'tour',
  };
  const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
  const chunk = (delta: object, delayMs: number, finish: string | null = null): Piece => ({
    delayMs,
    data: event({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] }),
  });

  return [
    chunk({ role: 'assistant', content: '' }, 0),
    ...splitText(turn.text).map((content) => chunk({ content }, turn.paceMs)),
    ...toolCalls(turn, completion.id).flatMap(({ index, id, type, function: { name, arguments: text } }) => [
      chunk({ tool_calls: [{ index, id, type, function: { name, arguments: '' } }] }, turn.paceMs),
      ...splitEvery(text, argumentPieceLength).map((part) =>
        chunk({ tool_calls: [{ index, function: { arguments: part } }] }, 0),
      ),
    ]),
    chunk({}, 0, finishReason(turn)),
    { delayMs: 0, data: event({ ...head, choices: [], usage: usageOf(turn, completion) }) },
    { delayMs: 0, data: 'data: [DONE]\n\n' },
  ];
}

/** The turn as the answer to a request without `stream`. */
export const completionObject = (turn: Turn, completion: Completion) => ({
  id: `chatcmpl-${completion.id}`,
  object: 'chat.completion',
  created: completion.created,
  model: 'tour',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: turn.text,
        ...(turn.calls.length > 0 && { tool_calls: toolCalls(turn, completion.id) }),
      },
      finish_reason: finishReason(turn),
    },
  ],
  usage: usageOf(turn, completion),
});
