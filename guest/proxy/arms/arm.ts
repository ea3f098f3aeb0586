/**
 * One arm of the contract: what of an event of pi it carries, and what an answer changes in pi. Nothing is decided in
 * an arm; how an event is waited for is the contract's and the manifest's.
 */
import type { PiEvent, PiEventResponse } from '../../../schema/generated/pi-api';

type Body<E = PiEvent> = E extends unknown ? Omit<E, 'header'> : never;

/** An event of the contract without its header */
export type EventBody = Body;

export interface Applying {
  /** For the person: why something was not done */
  readonly tell: (text: string) => void;
}

export interface Arm<E extends object = object> {
  project(event: E): EventBody;
  /**
   * What pi is answered; may change the event in place where pi wants that.
   *
   * @throws ContractError `invalidInput` where the answer cannot be used: a gate says no then
   */
  apply?(response: PiEventResponse, event: E, applying: Applying): unknown;
  /** What pi is answered when a gate has no answer; an event without it is never closed */
  refuse?(why: string, event: E, applying: Applying): unknown;
}

/** Arms of one theme; each says of itself what pi's event has in it. */
export type Arms = Readonly<Record<string, Arm>>;

/** For the table: the event's own type is known in the arm alone. */
export const arm = <E extends object>(one: Arm<E>): Arm => one;
