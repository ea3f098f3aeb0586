/**
 * Gives every tool call an id of its own before it runs. Models leave ids out, number their calls again in each
 * answer, or give ten calls one id; the guard, questions, the journal and pi's own records tell calls apart by it.
 * An id that is a text and new in its session stays as it is, so that the provider gets back what it sent.
 */
import { randomBytes } from 'node:crypto';
import type { Pi, PiContext } from './pi';

/** The ids that every provider accepts: Mistral's requires nine letters and digits */
const newId = (): string => randomBytes(9).toString('base64').replaceAll(/[+/]/g, '0').slice(0, 9);

/** Anything longer isn't an id */
const idCap = 512;

type Message = Readonly<Record<string, unknown>>;
type Part = Readonly<Record<string, unknown>>;

const partsOf = (message: unknown): readonly Part[] => {
  if (typeof message !== 'object' || message === null || !('role' in message) || message.role !== 'assistant')
    return [];
  const content: unknown = 'content' in message ? message.content : [];
  if (!Array.isArray(content)) return [];
  return content.filter((part): part is Part => typeof part === 'object' && part !== null);
};

const isCall = ({ type }: Part): boolean => type === 'toolCall';

export class OwnCallIds {
  readonly #used = new Set<unknown>();

  /** Ids in a reopened session are already used. */
  learn(messages: readonly unknown[]): void {
    for (const message of messages) {
      for (const { id } of partsOf(message).filter(isCall)) this.#used.add(id);
    }
  }

  /** The message with unique ids; the same message if nothing had to change. */
  claim(message: Message): Message {
    const parts = partsOf(message);
    const claimed = parts.map((part) => {
      if (!isCall(part)) return part;
      const { id } = part;
      const isOwn = typeof id === 'string' && id !== '' && id.length <= idCap && !this.#used.has(id);
      const own = isOwn ? id : newId();
      this.#used.add(own);
      return isOwn ? part : { ...part, id: own, ...named(part) };
    });
    const isChanged = claimed.some((part, index) => part !== parts[index]);
    return isChanged ? { ...message, content: claimed } : message;
  }
}

/** A name that isn't text counts as missing. */
const named = ({ name }: Part): Part => (typeof name === 'string' ? {} : { name: '' });

const messagesOf = ({ sessionManager }: PiContext): unknown[] =>
  sessionManager.getEntries().map((entry) => ('message' in entry ? entry.message : null));

/** Registers the handler: afterwards, pi runs what the message says. */
export function giveOwnCallIds(pi: Pick<Pi, 'on'>): void {
  const ids = new OwnCallIds();
  let hasLearned = false;
  pi.on('message_end', (event, context) => {
    if (!hasLearned) ids.learn(messagesOf(context));
    hasLearned = true;
    const { message } = event as { readonly message: Message };
    const claimed = ids.claim(message);
    return claimed === message ? undefined : { message: claimed };
  });
}
