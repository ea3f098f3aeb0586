/** What the rules together make of one event; the harness' answer is made of it. Plain data. */
import type { JsonValue, SessionChange } from '../action';

export interface ResultChange {
  readonly replace: string | null;
  /** In the order in which they stand before and after the result */
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
  /** none: no rule decided, and the event goes its way */
  readonly verdict: 'none' | 'allow' | 'block';
  /** For the model and the person; `''` unless blocked */
  readonly reason: string;
  /** With a block: the whole run ends, not this call alone */
  readonly endsRun: boolean;
  /** The rule that decided */
  readonly because: string | null;
  /** Members of the input that get another value; `null`: it stays as it is */
  readonly inputPatch: Readonly<Record<string, JsonValue>> | null;
  readonly resultChange: ResultChange | null;
  readonly context: readonly AddedContext[];
  readonly resources: { readonly skills: readonly string[]; readonly prompts: readonly string[] };
  /** The run goes on though it would have ended; with a text, that text is put to the model */
  readonly continuation: { readonly text: string | null } | null;
  /** What a tool answers */
  readonly reply: { readonly text: string; readonly isError: boolean } | null;
  /** What happens to the session once a command has ended */
  readonly sessionChange: SessionChange | null;
}

/** Nothing has been decided. */
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
