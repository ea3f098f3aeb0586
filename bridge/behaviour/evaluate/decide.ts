/** Which rules fire for an event, and the resulting plan. Pure. */
import type { Place } from '../source/problem';
import type { Routine, Rule, RuleTable } from '../table';
import { events, type DecisionKind, type EventName } from '../vocabulary/events';
import type { Facts } from './facts';
import { judge, type Judgement } from './judge';
import { noOutcome, type Outcome } from './outcome';
import type { Plan, PlanPurpose } from './plan';
import { TextBudget, TextTooLongError } from './text-budget';

/** The evaluation of one rule. */
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

function traceOf(rule: Rule, facts: Facts, budget: TextBudget): RuleTrace {
  const judgement = rule.condition === null ? null : judge(rule.condition, facts, budget);
  return { rule: rule.id, at: rule.at, fires: judgement?.holds ?? true, judgement };
}

/** Every rule for the event, in order, whether or not it fires. @throws TextTooLongError */
export function traceRules(table: RuleTable, facts: Facts): readonly RuleTrace[] {
  const budget = new TextBudget();
  return table.rules.filter((rule) => rule.events.includes(facts.event)).map((rule) => traceOf(rule, facts, budget));
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

/** No rule is run: a gate says no, everything else continues unchanged. */
function undecided(purpose: PlanPurpose, facts: Facts, reason: string): Decision {
  const outcome: Outcome = purpose === 'gate' ? { ...noOutcome, verdict: 'block', reason } : noOutcome;
  return { fired: [], plan: { ...emptyPlan(purpose, facts), frames: [], outcome } };
}

/** Evaluates all conditions before any action, so that no rule sees what another has changed. */
export function decide(table: RuleTable, facts: Facts): Decision {
  const purpose = purposeOf(facts.event);
  const concerned = table.rules.filter((rule) => rule.events.includes(facts.event));
  try {
    const budget = new TextBudget();
    const pairs = concerned
      .map((rule) => ({ rule, trace: traceOf(rule, facts, budget) }))
      .filter(({ trace }) => trace.fires);
    const frames = pairs.map(({ rule }) => ({ rule: rule.id, actions: [rule.action], otherwise: rule.otherwise }));
    return { fired: pairs.map(({ trace }) => trace), plan: { ...emptyPlan(purpose, facts), frames } };
  } catch (error) {
    if (!(error instanceof TextTooLongError)) throw error;
    return undecided(purpose, facts, error.message);
  }
}

/** The plan of a called tool, command or shortcut. */
export function planRoutine(routine: Routine, purpose: 'tool' | 'call', facts: Facts): Plan {
  const frame = { rule: routine.name, actions: [routine.action], otherwise: routine.otherwise };
  return { ...emptyPlan(purpose, facts), frames: [frame] };
}
