/** A behaviour as plain data: what the evaluator reads. Of the original text it contains only places. */
import type { Action } from './action';
import type { Condition } from './condition';
import type { Place } from './source/problem';
import type { EventName } from './vocabulary/events';

/** Deadlines in milliseconds. */
export interface Limits {
  /** For an event's answer, without questions to the person */
  readonly eventMs: number;
  /** For one of the behaviour's tools */
  readonly toolMs: number;
  /** For the person's answer, when a question sets none */
  readonly askMs: number;
  /** For a shell command that sets none */
  readonly shellMs: number;
}

export interface Rule {
  /** The rule's `:name`, otherwise `file:line` */
  readonly id: string;
  readonly at: Place;
  readonly events: readonly EventName[];
  /** `null`: always */
  readonly condition: Condition | null;
  readonly action: Action;
  readonly otherwise: Action | null;
}

/** What a tool, a command or a shortcut runs when called. */
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
  /** In the order in which they are evaluated */
  readonly rules: readonly Rule[];
  readonly tools: readonly Routine[];
  readonly commands: readonly Routine[];
  readonly shortcuts: readonly Routine[];
}
