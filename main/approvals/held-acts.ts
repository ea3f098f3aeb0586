/** Acts that wait for a question's answer, and how they are released. */
import type { ActDecision } from './act-decision';
import { withinTime, type SetTimer } from './time-limit';

export type Decide = (decision: ActDecision) => void;

export interface Told {
  readonly taskId: string;
  readonly decision: ActDecision;
  /** What the agent is told first; `null` for nothing */
  readonly sentence: string | null;
}

export interface HeldActsOptions {
  readonly tellAgent: (taskId: string, sentence: string) => Promise<void>;
  readonly setTimer: SetTimer;
  /** Ends the wait for `tellAgent` */
  readonly signalOf: (taskId: string) => AbortSignal;
}

const tellMs = 2000;

export class HeldActs {
  readonly #held = new Map<string, Set<Decide>>();

  constructor(private readonly options: HeldActsOptions) {}

  hold(questionId: string, decide: Decide): void {
    this.#held.set(questionId, (this.#held.get(questionId) ?? new Set()).add(decide));
  }

  /** Returns whether the act was still held; afterwards it isn't. */
  giveUp(questionId: string, decide: Decide): boolean {
    return this.#held.get(questionId)?.delete(decide) ?? false;
  }

  /** Releases everything that waits for a question. */
  releaseAll(questionId: string, told: Told): void {
    const decides = this.#held.get(questionId) ?? [];
    this.#held.delete(questionId);
    this.release([...decides], told);
  }

  /** The agent gets the reason before its act fails, so that its tool's result can say it. */
  release(decides: readonly Decide[], { taskId, decision, sentence }: Told): void {
    const letGo = (): void => decides.forEach((decide) => decide(decision));
    if (sentence === null) return letGo();
    const { tellAgent, setTimer, signalOf } = this.options;
    void withinTime(() => tellAgent(taskId, sentence), { ms: tellMs, setTimer, signal: signalOf(taskId) }).then(letGo);
  }
}
