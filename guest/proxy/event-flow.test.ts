import { ContractError } from '../../schema/capnp/contract-error';
import type { EventClass, PiEvent, PiEventResponse, PiExtensionBridge } from '../../schema/generated/pi-api';
import type { BridgeWork, CallLimits } from './bridge-process';
import { EventFlow } from './event-flow';
import { fakePi } from './test/fake-pi';

type Respond = (event: PiEvent) => Promise<PiEventResponse>;

/** An event flow to a bridge that gives set answers, with or without a running process. */
function flow(respond: Respond, ready: () => Promise<void> = () => Promise.resolve()) {
  const pi = fakePi();
  const sent: PiEvent[] = [];
  const limits: CallLimits[] = [];
  const logged: string[] = [];
  const told: string[] = [];
  const handleEvent: Respond = async (event) => {
    sent.push(event);
    return respond(event);
  };
  const process = {
    ready: async () => {
      await ready();
      return undefined as never;
    },
    call: async <T>(limit: CallLimits, work: BridgeWork<T>): Promise<T> => {
      limits.push(limit);
      await ready();
      return work({ handleEvent } as unknown as PiExtensionBridge, { deadlineMs: limit.deadlineMs });
    },
  };
  const options = { pi: pi.pi, process, sessionId: () => 's1', tell: (text: string) => void told.push(text) };
  const events = new EventFlow({ ...options, log: (text) => void logged.push(text) });
  const learn = (...wanted: [string, EventClass, Partial<{ toolNames: string[]; deadlineMs: number }>?][]) =>
    events.learn(
      { events: wanted.map(([name, kind, more]) => ({ name, class: kind, deadlineMs: 0, toolNames: [], ...more })) },
      'bridge',
    );
  return { fire: pi.fire, sent, limits, logged, told, learn, events };
}

const none: Respond = () => Promise.resolve({ which: 'none' });
const down = (): Promise<never> => Promise.reject(new ContractError('notReady', 'The bridge is down.'));
const call = { toolCallId: 't1', toolName: 'bash', input: { command: 'ls' } };

test("doesn't send events that nobody wants or tools that aren't named", async () => {
  const { fire, sent, learn } = flow(none);
  learn(['tool_call', 'gate', { toolNames: ['write'] }]);
  expect(await fire('tool_call', call)).toBeUndefined();
  expect(await fire('agent_start')).toBeUndefined();
  await fire('tool_call', { ...call, toolName: 'write' });
  expect(sent.map(({ which, header }) => [which, header.seq, header.correlationId, header.sessionId])).toEqual([
    ['toolCall', 1, 't1', 's1'],
  ]);
});

test("the deadline is the subscription's, otherwise the event's", async () => {
  const { fire, limits, sent, learn } = flow(none);
  learn(['tool_call', 'gate', { deadlineMs: 77 }], ['input', 'transform']);
  await fire('tool_call', call);
  await fire('input', { text: 'x', source: 'rpc' });
  expect(limits.map(({ deadlineMs }) => deadlineMs)).toEqual([77, 10_000]);
  expect(sent.map(({ header }) => header.deadlineMs)).toEqual([77, 10_000]);
});

test('without an answer a gate says no and a transform changes nothing', async () => {
  const { fire, learn, logged, told } = flow(none, down);
  learn(['tool_call', 'gate'], ['session_before_switch', 'gate'], ['input', 'transform'], ['tool_result', 'gate']);
  const why = "The guard didn't answer, so this was not done: The bridge is down.";
  expect(await fire('tool_call', call)).toEqual({ block: true, reason: why });
  expect(await fire('session_before_switch', { reason: 'new' })).toEqual({ cancel: true });
  expect(told).toEqual([why]);
  expect(await fire('input', { text: 'x', source: 'rpc' })).toBeUndefined();
  expect(await fire('tool_result', { ...call, content: [] })).toBeUndefined();
  expect(logged).toHaveLength(4);
});

test('no tool runs before the bridge has said whether it wants to see it', async () => {
  let isUp: () => void = () => undefined;
  const up = new Promise<void>((resolve) => (isUp = resolve));
  const { fire, learn, events } = flow(
    () => Promise.resolve({ which: 'blockTool', blockTool: { reason: 'no', terminate: false } }),
    () => up,
  );
  // A manifest from a file doesn't open the gate.
  events.learn({ events: [] }, 'file');
  const answer = fire('tool_call', call);
  learn(['tool_call', 'gate']);
  isUp();
  expect(await answer).toEqual({ block: true, reason: 'no' });
});

test("a gate is closed when the bridge can't start, even before anybody has asked for it", async () => {
  const { fire } = flow(none, down);
  expect(await fire('tool_call', call)).toMatchObject({ block: true });
  expect(await fire('before_agent_start', { prompt: 'x', systemPrompt: '' })).toBeUndefined();
});

test("notifications aren't awaited, keep their order, and never reach pi when they fail", async () => {
  const { fire, sent, learn } = flow(() => new Promise(() => undefined));
  learn(['turn_start', 'gate'], ['message_update', 'notification'], ['agent_end', 'notification']);
  expect(await fire('turn_start', { turnIndex: 1, timestamp: 2 })).toBeUndefined();
  await fire('message_update', { assistantMessageEvent: { type: 'text_delta', contentIndex: 0, delta: 'a' } });
  await fire('message_update', { assistantMessageEvent: { type: 'text_delta', contentIndex: 0, delta: 'b' } });
  await fire('agent_end', { messages: [] });
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent.map(({ which, header }) => [which, header.seq, header.correlationId])).toEqual([
    ['turnStart', 1, 'turn-1'],
    ['messageUpdate', 2, 'turn-1'],
    ['agentEnd', 3, 'turn-1'],
  ]);
  // A shape that pi doesn't have.
  expect(await fire('agent_end', {})).toBeUndefined();
});

test("an answer that the event doesn't allow is ignored and logged", async () => {
  const { fire, learn, logged } = flow(() =>
    Promise.resolve({ which: 'cacheWarming', cacheWarming: { action: 'stop' } }),
  );
  learn(['tool_call', 'gate']);
  expect(await fire('tool_call', call)).toBeUndefined();
  expect(logged).toEqual(["cacheWarming doesn't answer tool_call"]);
});

test('sends an event without an arm unchanged', async () => {
  const { fire, sent, learn } = flow(none);
  learn(['moon_rise', 'gate']);
  await fire('moon_rise', { phase: 3 });
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent[0]).toMatchObject({ which: 'unknown', unknown: { name: 'moon_rise' } });
});
