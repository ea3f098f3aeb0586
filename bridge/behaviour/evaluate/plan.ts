/** What is left to do for one event: plain data, so that it can be stored and continued later. */
import type { Action } from '../action';
import type { Facts } from './facts';
import type { Outcome } from './outcome';
import type { Given } from './render';
import type { Request } from './request';

/** One rule that fired, and what it still has to do. */
export interface Frame {
  readonly rule: string;
  readonly actions: readonly Action[];
  readonly otherwise: Action | null;
}

/** gate: a no blocks unless `:else` says otherwise; call: a command or a shortcut was called. */
export type PlanPurpose = 'gate' | 'other' | 'tool' | 'call';

export interface Plan {
  readonly purpose: PlanPurpose;
  readonly facts: Facts;
  readonly frames: readonly Frame[];
  readonly given: Given;
  readonly outcome: Outcome;
  /** The request that waits for an answer; the question's action is the first one of the first frame */
  readonly waitsFor: Request | null;
}
