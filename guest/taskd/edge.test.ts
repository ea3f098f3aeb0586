/** Runs of pi with providers that are strange, as the host and a page get them. */
import type { OutgoingEvent } from '../../schema/rpc';
import { taskdApi, type TaskdApi } from '../../schema/taskd-api';
import { PiSession } from './tasks/session';
import { playRun, recordedSessions } from './test/edge-run';
import { FakePi, parkedAt } from './test/fake-pi';

const strange = recordedSessions('pi-1.5.2-quirks');
const session = (name: string): readonly object[] => strange.find(([file]) => file === `${name}.jsonl`)?.[1] ?? [];
const tools = (name: string) => playRun(session(name)).items.filter((item) => item.kind === 'tool');

describe.each(strange)('with %s', (_name, records) => {
  test('the run ends, and the connection stays', () => {
    const { closedBecause, ends, refused, items, shown } = playRun(records);
    expect({ closedBecause, ends: ends.length, refused }).toEqual({ closedBecause: null, ends: 1, refused: 0 });
    expect(shown).toEqual(items);
  });
});

test('commands without an id are shown with what they printed', () => {
  const done = [expect.objectContaining({ toolName: 'bash', status: 'done', output: 'ran\n' })];
  expect(tools('empty-id')).toEqual(done);
  expect(tools('no-id')).toEqual(done);
});

test('three commands with one id are three, each with its own output', () => {
  expect(tools('one-id-for-all')).toEqual(
    ['nodone', 'tiny', 'nullargs'].map((output): unknown =>
      expect.objectContaining({ status: 'done', output: `ran-${output}\n` }),
    ),
  );
});

test('figures that cannot be are sent as none', async () => {
  const tokens = { input: null, output: -5, cacheRead: 'x', cacheWrite: 1.5 };
  const pi = new FakePi({ get_session_stats: () => ({ tokens, cost: -0.1, contextUsage: { tokens: -1 } }) });
  const events: OutgoingEvent<TaskdApi>[] = [];
  const emit = (event: OutgoingEvent<TaskdApi>): void => void events.push(event);
  await new PiSession(1, parkedAt(pi, '/nowhere'), { emit, settled: () => undefined }).tellUsage();
  const none = { input: 0, output: 0, cacheRead: 0, cost: 0, contextTokens: null, contextWindow: null };
  expect(events).toEqual([{ event: 'usage', payload: { ...none, cacheWrite: 1.5 } }]);
  expect(taskdApi.events.usage.safeParse(events[0]?.payload).success).toBe(true);
});

describe('every end but a whole answer has a status and a sentence', () => {
  test.each<[string, string, string]>([
    ['cut-answer', 'cut', "The answer was cut off at the model's length limit. Ask it to continue."],
    ['empty-answer', 'empty', 'The model ended without an answer. Ask again, or choose another model.'],
    ['no-finish-reason', 'incomplete', 'The answer ended before it was complete. Try again.'],
    ['error-in-stream', 'failed', 'Provider disconnected XYZ'],
  ])('%s: %s', (name, ending, problem) => {
    expect(playRun(session(name)).ends).toMatchObject([{ isAborted: false, ending, problem }]);
  });

  test.each(['one-id-for-all', 'cut-tool-call', 'stop-after-tool-call'])('%s ends in a whole answer', (name) => {
    expect(playRun(session(name)).ends).toMatchObject([{ isAborted: false, problem: null }]);
  });
});
