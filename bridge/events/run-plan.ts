/** Runs a plan: sends its effects and asks its questions, one after another. */
import { next } from '../behaviour/evaluate/next';
import type { Outcome } from '../behaviour/evaluate/outcome';
import type { Plan } from '../behaviour/evaluate/plan';
import type { Answer, PlannedEffect, Request } from '../behaviour/evaluate/request';

export interface PlanPorts {
  /** Never rejects; a question that can't be asked is answered with `none` */
  ask(request: Request): Promise<Answer>;
  /** Sent without waiting */
  send(effect: PlannedEffect): void;
}

/** The questions that were asked and whether each was answered with yes, and the outcome. */
export interface PlanRun {
  readonly outcome: Outcome;
  readonly asked: readonly { readonly request: Request; readonly answer: Answer }[];
}

/** @throws the reason of `signal` when the caller has stopped waiting for the outcome */
export async function runPlan(plan: Plan, ports: PlanPorts, signal?: AbortSignal): Promise<PlanRun> {
  const asked: PlanRun['asked'][number][] = [];
  let step = next(plan);
  for (;;) {
    signal?.throwIfAborted();
    step.effects.forEach((effect) => ports.send(effect));
    if (step.kind === 'done') return { outcome: step.outcome, asked };
    const { request } = step;
    const answer = await ports.ask(request);
    asked.push({ request, answer });
    step = next(step.plan, answer);
  }
}
