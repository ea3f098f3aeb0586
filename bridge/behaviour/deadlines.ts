/** How long an event's answer may take: its own time plus the time of every question that could be asked. Pure. */
import type { Action } from './action';
import type { EventSubscription } from './manifest';
import type { Limits, Rule } from './table';
import { countedEvents, turnStart } from './evaluate/count-event';
import { counterNames } from './vocabulary/counters';
import { eventNames, events, type EventName } from './vocabulary/events';
import { walk } from './walk';

/** The longest wait for any answer: fifteen minutes. */
const longestDeadlineMs = 900_000;

/** The longest time that an action can wait, milliseconds. */
function waitMs(action: Action | null): number {
  if (action === null) return 0;
  switch (action.kind) {
    case 'do':
      return action.actions.reduce((sum, part) => sum + waitMs(part), 0);
    case 'select':
      return action.timeoutMs + Math.max(...action.options.map((option) => waitMs(option.action)));
    case 'confirm':
    case 'input':
    case 'editor':
    case 'ask-act':
    case 'shell':
    case 'run-tool':
      return action.timeoutMs;
    default:
      return 0;
  }
}

/** Events that no rule names, but that counters need. */
function countedFor(rules: readonly Rule[]): ReadonlySet<EventName> {
  const needed = new Set<EventName>();
  walk(rules, (part) => {
    const name = part['kind'] === 'count' ? part['of'] : part['field'] === 'count.tool-calls' ? 'tool-calls' : null;
    const counter = counterNames.find((known) => known === name);
    if (counter !== undefined) for (const event of [turnStart, ...countedEvents[counter]]) needed.add(event);
  });
  return needed;
}

/** The events that the rules need, in the order of the vocabulary. */
export function subscriptions(rules: readonly Rule[], limits: Limits): readonly EventSubscription[] {
  const counted = countedFor(rules);
  return eventNames.flatMap((name) => {
    const concerned = rules.filter((rule) => rule.events.includes(name));
    if (concerned.length === 0 && !counted.has(name)) return [];
    const asking = concerned.reduce((sum, rule) => sum + waitMs(rule.action) + waitMs(rule.otherwise), 0);
    const deadlineMs = Math.min(longestDeadlineMs, limits.eventMs + asking);
    return [{ name, class: events[name].class, deadlineMs }];
  });
}
