/** How long an event's answer may take: its own time, and the time of every question that could be asked. Pure. */
import type { Action } from './action';
import type { EventSubscription } from './manifest';
import type { Limits, Rule } from './table';
import { eventNames, events } from './vocabulary/events';

/** No answer is waited for longer than this, fifteen minutes. */
export const longestDeadlineMs = 900_000;

/** The longest that an action waits, milliseconds. */
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
      return action.timeoutMs;
    default:
      return 0;
  }
}

/** The events that the rules wait for, in the order of the vocabulary. */
export function subscriptions(rules: readonly Rule[], limits: Limits): readonly EventSubscription[] {
  return eventNames.flatMap((name) => {
    const concerned = rules.filter((rule) => rule.events.includes(name));
    if (concerned.length === 0) return [];
    const asking = concerned.reduce((sum, rule) => sum + waitMs(rule.action) + waitMs(rule.otherwise), 0);
    const deadlineMs = Math.min(longestDeadlineMs, limits.eventMs + asking);
    return [{ name, class: events[name].class, deadlineMs }];
  });
}
