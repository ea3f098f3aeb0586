/** The session that is under way, for the host's methods: pi's objects throw once it is over. */
import type { Pi, PiContext } from '../pi';

export interface Live {
  readonly pi: Pi;
  readonly context: PiContext;
}

/** @throws ContractError `notReady` when the session is over */
export type LiveSession = () => Live;

/** A method whose answer is there at once; what it throws is a rejection for who calls. */
export const atOnce =
  <Input, Output>(work: (input: Input) => Output) =>
  (input: Input): Promise<Output> =>
    new Promise((resolve) => resolve(work(input)));
