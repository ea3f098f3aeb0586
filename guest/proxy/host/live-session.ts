/** The current session, for the host's methods: pi's objects throw once it has ended. */
import type { Pi, PiContext } from '../pi';

export interface Live {
  readonly pi: Pi;
  readonly context: PiContext;
}

/** @throws ContractError `notReady` when the session has ended */
export type LiveSession = () => Live;

/** Wraps a synchronous method; what it throws becomes a rejection. */
export const atOnce =
  <Input, Output>(work: (input: Input) => Output) =>
  (input: Input): Promise<Output> =>
    new Promise((resolve) => resolve(work(input)));
