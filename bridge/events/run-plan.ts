/** Goes through a plan: sends off what it sends, and puts its questions, one after another. */
import { next } from '../behaviour/evaluate/next';
import type { Outcome } from '../behaviour/evaluate/outcome';
import type { Plan } from '../behaviour/evaluate/plan';
import type { Answer, PlannedEffect, Request } from '../behaviour/evaluate/request';

export interface PlanPorts {
  /** Never rejects: what cannot be asked is answered with `none` */
  ask(request: Request): Promise<Answer>;
  /** Sent and not waited for */
  send(effect: PlannedEffect): void;
}

/** Requests that were put, and whether each was answered with a yes, beside the outcome. */
export interface PlanRun {
  readonly outcome: Outcome;
  readonly asked: readonly { readonly request: Request; readonly answer: Answer }[];
}

/** @throws the reason of `signal` when nobody waits for the outcome any more */
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
