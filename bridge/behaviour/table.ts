/** A behaviour as plain data: what the evaluator reads, and nothing of the text it came from but places. */
import type { Action } from './action';
import type { Condition } from './condition';
import type { Place } from './source/problem';
import type { EventName } from './vocabulary/events';

/** Deadlines in milliseconds. */
export interface Limits {
  /** For an event's answer, questions to the person not counted */
  readonly eventMs: number;
  /** For a tool of the behaviour */
  readonly toolMs: number;
  /** For an answer by the person, where a question names none */
  readonly askMs: number;
  /** For a shell command, where it names none */
  readonly shellMs: number;
}

export interface Rule {
  /** The `:name` of the rule, else `file:line` */
  readonly id: string;
  readonly at: Place;
  readonly events: readonly EventName[];
  /** `null`: always */
  readonly condition: Condition | null;
  readonly action: Action;
  readonly otherwise: Action | null;
}

/** What a tool, a command or a shortcut runs when it is called. */
export interface Routine {
  readonly name: string;
  readonly at: Place;
  readonly action: Action;
  readonly otherwise: Action | null;
}

export interface RuleTable {
  readonly name: string;
  readonly version: number;
  readonly limits: Limits;
  /** In the order in which they are looked at */
  readonly rules: readonly Rule[];
  readonly tools: readonly Routine[];
  readonly commands: readonly Routine[];
  readonly shortcuts: readonly Routine[];
}
