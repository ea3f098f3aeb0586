import type { OutgoingEvent } from '../../../schema/rpc';
import type { TaskdApi } from '../../../schema/taskd-api';
import { SentEvents } from './sent-events';

type TaskEvent = OutgoingEvent<TaskdApi>;

const delta = (text: unknown): TaskEvent => ({
  event: 'agent_output',
  payload: { kind: 'text_delta', messageId: 'm1-1', delta: text as string },
});

test.each<[string, TaskEvent, boolean]>([
  ['of its shape', delta('a'), true],
  ['long, and short enough for a frame', delta('€'.repeat(2_000_000)), true],
  ['with a member of another kind', delta(7), false],
  ['too long for a frame', delta('€'.repeat(3_000_000)), false],
])('an event %s', (_name, event, isAccepted) => {
  const lines: string[] = [];
  const sent = new SentEvents((line) => lines.push(line));
  expect(sent.accepts(event)).toBe(isAccepted);
  expect([sent.dropped, lines.length]).toEqual(isAccepted ? [0, 0] : [1, 1]);
});
