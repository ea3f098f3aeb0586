/** The tour model itself: takes a conversation and returns the next turn, without clock, network or memory. */
import type { Conversation } from './conversation';
import { findScenario } from './match';
import type { Condition, Scenario, Step } from './scenario';
import { readTaskPaths } from './task-paths';
import { fill, valueAt, type Values } from './template';

export interface TourCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, string | number>>;
}

export interface Turn {
  readonly text: string;
  readonly calls: readonly TourCall[];
  readonly paceMs: number;
  readonly fault?: { readonly kind: 'status'; readonly status: number } | { readonly kind: 'cut' };
}

const holds = (conditions: readonly Condition[], values: Values): boolean =>
  conditions.every((condition) => {
    const value = valueAt(values, condition.value) ?? null;
    return 'is' in condition ? value === condition.is : value !== condition.isNot;
  });

const callsOf = (step: Step, values: Values): readonly TourCall[] => {
  if (!holds(step.when, values)) return [];
  const items = step.each === undefined ? [undefined] : valueAt(values, step.each);
  return (Array.isArray(items) ? items : []).map((item: unknown) => ({
    tool: step.tool,
    arguments: Object.fromEntries(
      Object.entries(step.arguments).map(([name, value]) => [
        name,
        typeof value === 'number' ? value : fill(value, { ...values, item }),
      ]),
    ),
  }));
};

/** What a step read, or `null` when the result isn't what the step needs. */
const resultOf = (step: Step, results: readonly string[]): { readonly value: unknown } | null => {
  const text = results[0] ?? '';
  if (step.expect !== undefined && !results.every((result) => new RegExp(step.expect ?? '').test(result))) return null;
  if (step.read === 'text') return { value: text };
  try {
    return { value: JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as unknown };
  } catch {
    // Not JSON: the command failed and printed the reason instead.
    return null;
  }
};

const lastLines = (results: readonly string[]): string => results.join('\n').trim().split('\n').slice(-12).join('\n');

const firstValues = (scenario: Scenario, argument: string, system: string): Values => {
  const { workingFolder, outputs, uploads } = readTaskPaths(system);
  const folder = workingFolder ?? uploads;
  const seen = workingFolder !== null ? 'working' : uploads !== null ? 'uploads' : 'none';
  // Without a place for results, a scenario can't do anything with a folder.
  const kind = outputs === null ? 'none' : seen;
  return { folder: { path: folder, kind }, outputs, uploads, argument, script: scenario.scripts };
};

const statusOf = (argument: string): number => {
  const status = Number(argument);
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : 500;
};

/** pi asks for a summary of a conversation without offering tools; the person's words in it aren't a request. */
const recap: Turn = {
  text: "Earlier in this task the tour model answered the person's requests. Its results are in the outputs.",
  calls: [],
  paceMs: 0,
};

/** Replays the scenario over what was done since the person's last message, and returns what comes next. */
export function nextTurn(scenarios: readonly Scenario[], conversation: Conversation): Turn {
  if (conversation.tools.length === 0) return recap;
  const matched = findScenario(scenarios, conversation.message);
  if (!matched) return { text: 'The tour has no scenario for this.', calls: [], paceMs: 0 };
  const { scenario, argument } = matched;
  const turn = (text: string, calls: readonly TourCall[] = []): Turn => ({ text, calls, paceMs: scenario.paceMs });

  let values = firstValues(scenario, argument, conversation.system);
  const done = [...conversation.exchanges];
  for (const step of scenario.steps) {
    const calls = callsOf(step, values);
    if (calls.length === 0) continue;
    const exchange = done.shift();
    if (!exchange) {
      const missing = calls.find(({ tool }) => !conversation.tools.includes(tool));
      if (missing) return turn(`I need the tool \`${missing.tool}\` for this, and it is turned off in this task.`);
      return turn(fill(step.say, values), calls);
    }
    const result = resultOf(step, exchange.results);
    if (!result) {
      const said = fill('{{said|fence}}', { said: lastLines(exchange.results) });
      return turn(`That did not work, so I stopped here. The tool \`${step.tool}\` said:\n\n${said}`);
    }
    if (step.as !== undefined) values = { ...values, [step.as]: result.value };
  }

  const final = scenario.final.find(({ when }) => holds(when, values));
  const last = turn(fill(final?.say ?? '', values));
  if (scenario.fault === 'status') return { ...last, fault: { kind: 'status', status: statusOf(argument) } };
  return scenario.fault === 'cut' ? { ...last, fault: { kind: 'cut' } } : last;
}
