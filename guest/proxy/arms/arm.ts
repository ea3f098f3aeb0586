/**
 * One arm of the contract: which parts of a pi event it carries, and what an answer changes in pi. An arm decides
 * nothing. The contract and the manifest say how pi waits for the event.
 */
import type { PiEvent, PiEventResponse } from '../../../schema/generated/pi-api';

type Body<E = PiEvent> = E extends unknown ? Omit<E, 'header'> : never;

/** An event of the contract without its header */
export type EventBody = Body;

export interface Applying {
  /** Tells the person why something wasn't done */
  readonly tell: (text: string) => void;
}

export interface Arm<E extends object = object> {
  project(event: E): EventBody;
  /**
   * The answer for pi; may change the event in place where pi expects that.
   *
   * @throws ContractError `invalidInput` when the answer can't be used; a gate then says no
   */
  apply?(response: PiEventResponse, event: E, applying: Applying): unknown;
  /** The answer for pi when a gate has no answer. An event without `refuse` can't be blocked */
  refuse?(why: string, event: E, applying: Applying): unknown;
}

/** Arms of one theme, by the name of pi's event. */
export type Arms = Readonly<Record<string, Arm>>;

/** Lets an arm use its event's own type; the table knows only `Arm`. */
export const arm = <E extends object>(one: Arm<E>): Arm => one;
