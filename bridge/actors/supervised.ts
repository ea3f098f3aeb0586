/**
 * One supervised actor. Messages wait in a bounded mailbox. When the actor fails at a message, that message gets an
 * `ActorError`, a new actor is made from state stored elsewhere, and it gets the next message. After too many failures
 * the actor isn't restarted, and `onFailure` reports it.
 */
import { ActorError, type Actor } from './actor';
import { delayAfter, usualPolicy, type RestartPolicy } from './restart-policy';

export interface SupervisedOptions<In, Out> {
  /** For messages, such as `tool gate` */
  readonly name: string;
  /** Makes the actor with its state restored; called again after each failure */
  readonly make: () => Promise<Actor<In, Out>> | Actor<In, Out>;
  readonly capacity?: number;
  readonly policy?: RestartPolicy;
  readonly onFailure?: (error: ActorError) => void;
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
}

interface Waiting<In, Out> {
  readonly message: In;
  readonly resolve: (answer: Out) => void;
  readonly reject: (error: ActorError) => void;
}

const usualCapacity = 256;
const failuresKept = 16;

export class Supervised<In, Out> {
  readonly #mailbox: Waiting<In, Out>[] = [];
  #failedAt: readonly number[] = [];
  #actor: Actor<In, Out> | null = null;
  #isWorking = false;
  #isGivenUp = false;

  constructor(private readonly options: SupervisedOptions<In, Out>) {}

  /**
   * @throws ActorError when the actor fails at this message, is no longer restarted, or has too many messages
   *   waiting
   */
  ask(message: In): Promise<Out> {
    const { name, capacity = usualCapacity } = this.options;
    if (this.#isGivenUp) return Promise.reject(new ActorError(name, 'given_up'));
    if (this.#mailbox.length >= capacity) return Promise.reject(new ActorError(name, 'overloaded'));
    return new Promise((resolve, reject) => {
      this.#mailbox.push({ message, resolve, reject });
      void this.#work();
    });
  }

  /** Forgets earlier failures, for a new session. */
  revive(): void {
    this.#isGivenUp = false;
    this.#failedAt = [];
    this.#actor = null;
  }

  /** Handles one message at a time; never rejects. */
  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let next = this.#mailbox.shift(); next !== undefined; next = this.#mailbox.shift()) await this.#answer(next);
    this.#isWorking = false;
  }

  async #answer({ message, resolve, reject }: Waiting<In, Out>): Promise<void> {
    try {
      this.#actor ??= await this.options.make();
      resolve(await this.#actor.handle(message));
    } catch (cause) {
      const delayMs = this.#onFailure();
      const error = new ActorError(this.options.name, delayMs === null ? 'given_up' : 'failed', { cause });
      reject(error);
      this.options.onFailure?.(error);
      if (delayMs === null) this.#giveUp();
      else await (this.options.wait ?? pause)(delayMs);
    }
  }

  #onFailure(): number | null {
    const now = (this.options.now ?? Date.now)();
    this.#actor = null;
    this.#failedAt = [...this.#failedAt.slice(1 - failuresKept), now];
    return delayAfter(this.#failedAt, now, this.options.policy ?? usualPolicy);
  }

  #giveUp(): void {
    this.#isGivenUp = true;
    for (const { reject } of this.#mailbox.splice(0)) reject(new ActorError(this.options.name, 'given_up'));
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
