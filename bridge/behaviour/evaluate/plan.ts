/** What is left to do for one event: plain data, so that it can be kept, written down and gone on with. */
import type { Action } from '../action';
import type { Facts } from './facts';
import type { Outcome } from './outcome';
import type { Given } from './render';
import type { Request } from './request';

/** One rule that fired, with what it still has to do. */
export interface Frame {
  readonly rule: string;
  readonly actions: readonly Action[];
  readonly otherwise: Action | null;
}

/** gate: a no blocks unless `:else` says otherwise; call: a tool, a command or a shortcut was called. */
export type PlanPurpose = 'gate' | 'other' | 'tool' | 'call';

export interface Plan {
  readonly purpose: PlanPurpose;
  readonly facts: Facts;
  readonly frames: readonly Frame[];
  readonly given: Given;
  readonly outcome: Outcome;
  /** What an answer is waited for; the question's action is the first of the first frame */
  readonly waitsFor: Request | null;
}
