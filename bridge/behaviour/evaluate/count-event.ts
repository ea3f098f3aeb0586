/** Which events are counted, and how. Pure. */
import { count, startTurn, type CounterName, type Counts } from '../vocabulary/counters';
import type { EventName } from '../vocabulary/events';
import { fieldValue, valueText, type Facts } from './facts';
import type { Outcome } from './outcome';

/** The events that a counter needs. */
export const countedEvents: Readonly<Record<CounterName, readonly EventName[]>> = {
  'tool-calls': ['tool-call'],
  'same-calls': ['tool-call'],
  errors: ['tool-execution-end'],
  blocks: ['tool-call'],
  questions: ['tool-call'],
  denials: ['tool-call'],
  replies: ['turn-start'],
};

/** A new turn's counts begin with each prompt. */
export const turnStart: EventName = 'before-agent-start';

/** The counts including this event; apply it before the event's rules are evaluated. */
export function countEvent(counts: Counts, facts: Facts): Counts {
  switch (facts.event) {
    case turnStart:
      return startTurn(counts);
    case 'tool-call': {
      const input = valueText(fieldValue(facts, 'input'));
      return count(counts, { kind: 'tool-call', tool: valueText(fieldValue(facts, 'tool')), input });
    }
    case 'tool-execution-end':
      return fieldValue(facts, 'is-error') === true ? count(counts, { kind: 'error' }) : counts;
    case 'turn-start':
      return count(counts, { kind: 'reply' });
    default:
      return counts;
  }
}

/** The counts after the rules: what was blocked, how often the person was asked and said no. */
export function countOutcome(counts: Counts, outcome: Outcome, asked: readonly { readonly isYes: boolean }[]): Counts {
  const things = [
    ...asked.map(() => ({ kind: 'question' }) as const),
    ...asked.filter(({ isYes }) => !isYes).map(() => ({ kind: 'denial' }) as const),
    ...(outcome.verdict === 'block' ? [{ kind: 'block' } as const] : []),
  ];
  return things.reduce<Counts>(count, counts);
}
