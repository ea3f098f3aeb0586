/** Which rules fire for an event, and the plan that follows. Pure. */
import type { Place } from '../source/problem';
import type { Routine, Rule, RuleTable } from '../table';
import { events, type DecisionKind, type EventName } from '../vocabulary/events';
import type { Facts } from './facts';
import { judge, type Judgement } from './judge';
import { noOutcome } from './outcome';
import type { Plan, PlanPurpose } from './plan';

/** What became of one rule. */
export interface RuleTrace {
  readonly rule: string;
  readonly at: Place;
  readonly fires: boolean;
  /** `null` for a rule without a condition */
  readonly judgement: Judgement | null;
}

export interface Decision {
  readonly fired: readonly RuleTrace[];
  readonly plan: Plan;
}

function traceOf(rule: Rule, facts: Facts): RuleTrace {
  const judgement = rule.condition === null ? null : judge(rule.condition, facts);
  return { rule: rule.id, at: rule.at, fires: judgement?.holds ?? true, judgement };
}

/** Every rule for the event, in order, fired or not. */
export function traceRules(table: RuleTable, facts: Facts): readonly RuleTrace[] {
  return table.rules.filter((rule) => rule.events.includes(facts.event)).map((rule) => traceOf(rule, facts));
}

function purposeOf(name: EventName): PlanPurpose {
  const taken: readonly DecisionKind[] = events[name].decisions;
  return taken.includes('block') ? 'gate' : 'other';
}

const emptyPlan = (purpose: PlanPurpose, facts: Facts): Omit<Plan, 'frames'> => ({
  purpose,
  facts,
  given: {},
  outcome: noOutcome,
  waitsFor: null,
});

/** All conditions are looked at before anything is done, so that no rule sees what another has changed. */
export function decide(table: RuleTable, facts: Facts): Decision {
  const concerned = table.rules.filter((rule) => rule.events.includes(facts.event));
  const pairs = concerned.map((rule) => ({ rule, trace: traceOf(rule, facts) })).filter(({ trace }) => trace.fires);
  const frames = pairs.map(({ rule }) => ({ rule: rule.id, actions: [rule.action], otherwise: rule.otherwise }));
  const plan: Plan = { ...emptyPlan(purposeOf(facts.event), facts), frames };
  return { fired: pairs.map(({ trace }) => trace), plan };
}

/** The plan of a tool, a command or a shortcut that was called. */
export function planRoutine(routine: Routine, purpose: 'tool' | 'call', facts: Facts): Plan {
  const frame = { rule: routine.name, actions: [routine.action], otherwise: routine.otherwise };
  return { ...emptyPlan(purpose, facts), frames: [frame] };
}
