/** How a model's answer ended, and the sentence for it: pure. */
import { isBrokenOff, piErrorText } from '../../schema/pi-error-text';
import type { RunEnding } from '../../schema/run-ending';

export interface AnswerEnd {
  /** pi's word: stop, length, toolUse, error, aborted */
  readonly stopReason: string | undefined;
  /** The provider's word, where pi passes it on */
  readonly rawReason?: string | undefined;
  readonly errorMessage?: string | undefined;
  /** Whether it said anything, or called a tool */
  readonly isEmpty: boolean;
}

/** Of an answer that is not whole */
export interface ShownEnd {
  readonly ending?: RunEnding;
  readonly errorMessage?: string;
}

const reasonIn = (text: string): string | undefined =>
  /^(?:Provider (?:finish_reason|stopped with|stop reason): |Response incomplete: |Unhandled stop reason: )(.*)$/s.exec(
    text,
  )?.[1];

const filters = /content.?filter|safety|sensitive|prohibited|blocklist|recitation|spii|guardrail|moderation/i;
const refusals = /refus/i;

const sentences = {
  cut: "The answer was cut off at the model's length limit. Ask it to continue.",
  empty: 'The model ended without an answer. Ask again, or choose another model.',
  refused: 'The model refused to answer. Rephrase the request, or choose another model.',
  filtered: "The provider's content filter stopped the answer. Rephrase the request, or choose another model.",
  incomplete: 'The answer ended before it was complete. Try again.',
} as const;

const as = (ending: keyof typeof sentences): ShownEnd => ({ ending, errorMessage: sentences[ending] });

function errorEnd(errorMessage: string, rawReason: string | undefined): ShownEnd {
  const reason = reasonIn(errorMessage) ?? '';
  const isTheReason = reason !== '' || rawReason === errorMessage;
  const words = isTheReason ? `${reason} ${rawReason ?? ''}` : (rawReason ?? '');
  if (filters.test(words)) return as('filtered');
  if (refusals.test(words) || /^The model refused/.test(errorMessage)) {
    const said = isTheReason || /^The model refused/.test(errorMessage) ? '' : ` It says: ${errorMessage}`;
    return { ending: 'refused', errorMessage: `${sentences.refused}${said}` };
  }
  if (isBrokenOff(errorMessage)) return as('incomplete');
  if (reason === '') return { ending: 'failed', errorMessage: piErrorText(errorMessage) };
  return { ending: 'unknown', errorMessage: unknownReason(reason) };
}

const unknownReason = (reason: string): string =>
  `The model stopped for a reason that Piwork doesn't know: ${reason.slice(0, 100)}. Try again.`;

/** What people see of an answer that is not whole; nothing for one that is, goes on with tools, or was stopped. */
export function answerEnd({ stopReason, rawReason, errorMessage, isEmpty }: AnswerEnd): ShownEnd {
  switch (stopReason) {
    case 'stop':
      return isEmpty ? as('empty') : {};
    case 'toolUse':
    case 'aborted':
      return {};
    case 'length':
      return as('cut');
    case 'error':
      return errorMessage === undefined
        ? { ending: 'failed', errorMessage: 'The model failed and gave no reason.' }
        : errorEnd(errorMessage, rawReason);
    default:
      return { ending: 'unknown', errorMessage: unknownReason(rawReason ?? stopReason ?? 'none given') };
  }
}
