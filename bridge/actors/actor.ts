/**
 * An actor: private state, one message at a time, one object in and one out.
 *
 * This is order within one thread, not a wall: an actor that never yields stops all of them, which is why the bridge is
 * a process of its own and pi's proxy has deadlines.
 */
export interface Actor<In, Out> {
  /** Called again only after the answer to the message before; a throw ends this actor, and another is made */
  handle(message: In): Promise<Out> | Out;
}

export type ActorFailure = 'failed' | 'overloaded' | 'given_up';

const sentences: Readonly<Record<ActorFailure, string>> = {
  failed: 'failed on this message and was restarted',
  overloaded: 'has too many messages waiting',
  given_up: "failed too often and won't be restarted in this session",
};

/** Why a message has no answer. `cause` is what the actor threw. */
export class ActorError extends Error {
  constructor(
    readonly actor: string,
    readonly code: ActorFailure,
    options?: ErrorOptions,
  ) {
    const why = options?.cause instanceof Error ? `: ${options.cause.message}` : '';
    super(`The ${actor} of the extension ${sentences[code]}${why}.`, options);
    this.name = 'ActorError';
  }
}
