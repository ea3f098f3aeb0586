/** Answers already given, so that a repeated request with the same id has no second effect. */
import { RpcError } from './errors';

/** Answers that a server keeps. */
export const keptAnswers = 256;

export class ReplayCache {
  readonly #answers = new Map<string, { readonly fingerprint: string; readonly answer: Promise<unknown> }>();

  /** Keeps at most `capacity` answers and forgets the oldest. */
  constructor(private readonly capacity = keptAnswers) {}

  /**
   * The kept answer for this id, or the result of `run`.
   * @throws RpcError `INVALID_REQUEST` when the id was used with another type or payload.
   */
  once(id: string, fingerprint: string, run: () => Promise<unknown>): Promise<unknown> {
    const kept = this.#answers.get(id);
    if (kept && kept.fingerprint !== fingerprint) {
      throw new RpcError('INVALID_REQUEST', `The id ${id} was already used for another request.`);
    }
    if (kept) return kept.answer;
    const answer = run();
    this.#answers.set(id, { fingerprint, answer });
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > this.capacity && !oldest.done) this.#answers.delete(oldest.value);
    return answer;
  }
}
