/** A successful answer to a request for a stream that is none: a web page, an error, or the answer in one piece. */
import { pageWords, parseJson, providerWords } from '../schema/provider-words';
import type { Refusal } from './refusal';

type Fields = Readonly<Record<string, unknown>>;

/** What becomes of it: nothing, another body in events, or an error in the server's words */
export type WholeAnswer =
  | { readonly kind: 'as-it-is' }
  | { readonly kind: 'events'; readonly text: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface Asked {
  readonly label: string;
  readonly host: string;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wordsCap = 300;

const says = (words: string): string => (words === '' ? '' : ` It says: ${words}`);

const refused = (code: string, message: string): WholeAnswer => ({
  kind: 'refused',
  refusal: { status: 422, code, message },
});

/** The answer in one piece as the events of a stream; `null` where it is none. */
function asEvents(answer: Fields): string | null {
  const choices: unknown = answer['choices'];
  const [choice] = Array.isArray(choices) ? (choices as unknown[]) : [];
  if (!isFields(choice) || !isFields(choice['message'])) return null;
  const { message, finish_reason: reason } = choice;
  const calls: unknown = message['tool_calls'];
  const numbered = Array.isArray(calls)
    ? { tool_calls: calls.map((call: unknown, index) => ({ index, ...(isFields(call) ? call : {}) })) }
    : {};
  const part = (delta: object, more: object): string =>
    `data: ${JSON.stringify({ ...answer, object: 'chat.completion.chunk', choices: [{ index: 0, delta, ...more }] })}\n\n`;
  const end = { finish_reason: typeof reason === 'string' ? reason : 'stop' };
  return `${part({ ...message, ...numbered }, { finish_reason: null })}${part({}, end)}data: [DONE]\n\n`;
}

/** Reads what came instead of a stream. Pure. */
export function readWholeAnswer(body: string, isChat: boolean, { label, host }: Asked): WholeAnswer {
  const text = body.trimStart();
  if (text.startsWith('<')) {
    return refused(
      'not_an_answer',
      `${host} answered with a web page, not with a model's answer. Check the base URL of ${label} in Settings, or sign in to your network.${says(pageWords(text))}`,
    );
  }
  const value = parseJson(text);
  if (!isFields(value)) return { kind: 'as-it-is' };
  const events = isChat && !value['error'] ? asEvents(value) : null;
  if (events !== null) return { kind: 'events', text: events };
  const words = providerWords(text);
  return refused(
    'not_a_stream',
    `${label} sent no answer of a model.${says(words === '' ? text.slice(0, wordsCap) : words)}`,
  );
}

/** Whether a body may be something else than events. */
export const looksWhole = (beginning: string): boolean => /^\s*[<{[]/.test(beginning);
