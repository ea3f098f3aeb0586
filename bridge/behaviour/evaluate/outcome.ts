/** The result of all rules for one event, from which the harness's answer is made. Plain data. */
import type { JsonValue, SessionChange } from '../action';

export interface ResultChange {
  readonly replace: string | null;
  /** In the order in which they come before and after the result */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly isError: boolean | null;
}

export interface AddedContext {
  readonly text: string;
  readonly to: 'message' | 'system';
  readonly isShown: boolean;
}

export interface Outcome {
  /** none: no rule decided, and the event continues */
  readonly verdict: 'none' | 'allow' | 'block';
  /** For the model and the person; `''` unless blocked */
  readonly reason: string;
  /** With a block: ends the whole run, not only this call */
  readonly endsRun: boolean;
  /** The rule that decided */
  readonly because: string | null;
  /** Members of the input that get another value; `null` when the input doesn't change */
  readonly inputPatch: Readonly<Record<string, JsonValue>> | null;
  readonly resultChange: ResultChange | null;
  readonly context: readonly AddedContext[];
  readonly resources: { readonly skills: readonly string[]; readonly prompts: readonly string[] };
  /** The run continues instead of ending; a text becomes the next message to the model */
  readonly continuation: { readonly text: string | null } | null;
  /** A tool's answer */
  readonly reply: { readonly text: string; readonly isError: boolean } | null;
  /** What happens to the session after a command has ended */
  readonly sessionChange: SessionChange | null;
}

/** Nothing was decided. */
export const noOutcome: Outcome = {
  verdict: 'none',
  reason: '',
  endsRun: false,
  because: null,
  inputPatch: null,
  resultChange: null,
  context: [],
  resources: { skills: [], prompts: [] },
  continuation: null,
  reply: null,
  sessionChange: null,
};
