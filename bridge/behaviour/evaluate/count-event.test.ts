import { emptyCounts } from '../vocabulary/counters';
import { countEvent, countOutcome } from './count-event';
import { factsOf, type Facts } from './facts';
import { noOutcome } from './outcome';

const call = (tool: string, command: string): Facts =>
  factsOf({ event: 'tool-call', fields: { tool, input: { command } } });

test('counts calls by turn, by session, by tool and in a row', () => {
  const events = [
    call('bash', 'ls'),
    call('bash', 'ls'),
    call('read', 'ls'),
    factsOf({ event: 'before-agent-start' }),
    call('read', 'ls'),
    call('constructor', ''),
    factsOf({ event: 'turn-start' }),
    factsOf({ event: 'tool-execution-end', fields: { 'is-error': true } }),
    factsOf({ event: 'tool-execution-end', fields: { 'is-error': false } }),
  ];
  const { turn, session } = events.reduce(countEvent, emptyCounts);
  expect(session.totals).toMatchObject({ 'tool-calls': 5, errors: 1, replies: 1 });
  expect(turn.totals).toMatchObject({ 'tool-calls': 2, 'same-calls': 1 });
  expect(session.byTool).toMatchObject({ bash: 2, read: 2, constructor: 1 });
  expect(events.slice(0, 2).reduce(countEvent, emptyCounts).turn.totals['same-calls']).toBe(2);
});

test('blocks, questions and denials come from the outcome', () => {
  const counts = countOutcome(emptyCounts, { ...noOutcome, verdict: 'block' }, [{ isYes: true }, { isYes: false }]);
  expect(counts.turn.totals).toMatchObject({ blocks: 1, questions: 2, denials: 1 });
});
