/** Whether the facts meet a condition. Pure, and the same for deciding and for explaining. */
import type { ActsTest, Bound, Condition, FlagFact, Test } from '../condition';
import { globMatches } from '../pattern/glob';
import { regexFinds } from '../pattern/regex';
import type { JsonValue } from '../action';
import type { Act } from '../vocabulary/acts';
import { fieldValue, valueText, type Facts } from './facts';
import { passesPathTest } from './paths';
import type { TextBudget } from './text-budget';

/** A condition with its result, and the results of its parts. */
export interface Judgement {
  readonly condition: Condition;
  readonly holds: boolean;
  /** What was found, if a person would want to know it: `"rm -rf build"` */
  readonly found: string;
  readonly parts: readonly Judgement[];
}

function passesBound(value: number, { comparison, value: limit }: Bound): boolean {
  switch (comparison) {
    case 'over':
      return value > limit;
    case 'under':
      return value < limit;
    case 'at-least':
      return value >= limit;
    case 'at-most':
      return value <= limit;
    case 'exactly':
      return value === limit;
  }
}

function passesTest(value: JsonValue | undefined, test: Test, budget: TextBudget): boolean {
  if (test.kind === 'exists') return (value !== undefined) === test.value;
  if (value === undefined) return false;
  const text = valueText(value);
  switch (test.kind) {
    case 'equals':
      return test.values.some((wanted) => wanted === value || (typeof wanted !== 'boolean' && String(wanted) === text));
    case 'matches':
      budget.spend(text.length * test.patterns.length);
      return test.patterns.some((pattern) => regexFinds(pattern, text));
    case 'glob':
      budget.spend(text.length * test.patterns.length);
      return test.patterns.some((pattern) => globMatches(pattern, text));
    case 'contains':
      return test.texts.some((part) => text.includes(part));
    case 'starts-with':
      return test.texts.some((part) => text.startsWith(part));
    case 'ends-with':
      return test.texts.some((part) => text.endsWith(part));
    case 'longer-than':
      return text.length > test.characters;
    case 'number': {
      const number = typeof value === 'number' ? value : typeof value === 'string' && text !== '' ? Number(text) : NaN;
      return !Number.isNaN(number) && passesBound(number, test.bound);
    }
  }
}

const actPaths = (act: Act): readonly string[] => [act.path, act.target].filter((path) => path !== '');

/** The acts that an `:acts` condition matches. */
export function actsConcerned(test: Pick<ActsTest, 'kinds' | 'paths'>, facts: Facts): readonly Act[] {
  return facts.acts.filter(
    (act) =>
      (test.kinds.length === 0 || test.kinds.includes(act.kind)) &&
      test.paths.every((path) => passesPathTest(actPaths(act), path, facts)),
  );
}

const isUncounted = (act: Act): boolean =>
  act.count === 0 && (act.kind === 'delete' || act.kind === 'move' || act.kind === 'rename');

function judgeActs(test: ActsTest, facts: Facts): Omit<Judgement, 'condition' | 'parts'> {
  const concerned = actsConcerned(test, facts);
  // A number too large to count is over every bound.
  const files = concerned.reduce((sum, act) => sum + (isUncounted(act) ? Number.POSITIVE_INFINITY : act.count), 0);
  const holds = test.bound === null ? concerned.length > 0 : passesBound(files, test.bound);
  const found = facts.acts.length === 0 ? 'no acts' : facts.acts.map((act) => `${act.kind} ${act.count}`).join(', ');
  return { holds, found };
}

const factOf: Readonly<Record<FlagFact, (facts: Facts) => boolean>> = {
  privileged: (facts) => facts.privileged,
  network: (facts) => facts.network,
  'long-running': (facts) => facts.longRunning,
};

const longestFound = 120;

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return 'not there';
  const text = JSON.stringify(value);
  return text.length > longestFound ? `${text.slice(0, longestFound)}…` : text;
}

function leaf(condition: Condition, facts: Facts, budget: TextBudget): Omit<Judgement, 'condition' | 'parts'> {
  switch (condition.kind) {
    case 'constant':
      return { holds: condition.value, found: '' };
    case 'field': {
      const value = fieldValue(facts, condition.field);
      return { holds: condition.tests.every((test) => passesTest(value, test, budget)), found: shown(value) };
    }
    case 'tool': {
      const tool = valueText(fieldValue(facts, 'tool'));
      return { holds: condition.names.some((name) => globMatches(name, tool)), found: shown(tool) };
    }
    case 'path':
      return {
        holds: condition.tests.every((test) => passesPathTest(facts.paths, test, facts)),
        found: facts.paths.length === 0 ? 'no paths' : shown([...facts.paths]),
      };
    case 'acts':
      return judgeActs(condition.test, facts);
    case 'fact': {
      const value = factOf[condition.fact](facts);
      return { holds: value === condition.value, found: String(value) };
    }
    case 'count': {
      const set = facts.counts[condition.per];
      const named = condition.tool;
      const ofTool = named !== null && Object.hasOwn(set.byTool, named) ? (set.byTool[named] ?? 0) : 0;
      const value = named === null ? set.totals[condition.of] : ofTool;
      return { holds: passesBound(value, condition.bound), found: String(value) };
    }
    case 'and':
    case 'or':
    case 'not':
      throw new Error(`${condition.kind} has parts`);
  }
}

/**
 * Judges every part, even when the result is already known: an explanation shows them all.
 *
 * @throws TextTooLongError
 */
export function judge(condition: Condition, facts: Facts, budget: TextBudget): Judgement {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.conditions.map((part) => judge(part, facts, budget));
      const holds = condition.kind === 'and' ? parts.every((part) => part.holds) : parts.some((part) => part.holds);
      return { condition, holds, found: '', parts };
    }
    case 'not': {
      const part = judge(condition.condition, facts, budget);
      return { condition, holds: !part.holds, found: '', parts: [part] };
    }
    default:
      return { condition, ...leaf(condition, facts, budget), parts: [] };
  }
}
