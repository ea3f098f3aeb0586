/**
 * An actor: private state, one message at a time, one object in and one out.
 *
 * This gives order within one thread, not isolation: an actor that never yields stops all of them. So the bridge has
 * its own process, and pi's proxy has deadlines.
 */
export interface Actor<In, Out> {
  /** Called again only after it has answered the previous message. A throw ends this actor, and a new one is made */
  handle(message: In): Promise<Out> | Out;
}

export type ActorFailure = 'failed' | 'overloaded' | 'given_up';

const sentences: Readonly<Record<ActorFailure, string>> = {
  failed: 'failed on this message and was restarted',
  overloaded: 'has too many messages waiting',
  given_up: "failed too often and won't be restarted in this session",
};

/** Why a message has no answer. `cause` is the actor's error. */
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
