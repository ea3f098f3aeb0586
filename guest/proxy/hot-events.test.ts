import { HotEvents } from './hot-events';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const delta = (text: string | undefined, contentIndex = 0, type = 'text_delta') => ({
  message: 'the whole message so far',
  assistantMessageEvent: { type, contentIndex, delta: text },
});
const update = (toolCallId: string, partialResult: unknown) => ({ toolCallId, toolName: 'bash', partialResult });

function gather() {
  const sent: unknown[] = [];
  const hot = new HotEvents((name, event) => void sent.push([name, event]));
  return { sent, hot };
}

test('joins the deltas of a block, and keeps only the delta', () => {
  const { sent, hot } = gather();
  for (const letter of 'a long text') hot.push('message_update', delta(letter));
  hot.push('message_update', delta(undefined, 0, 'text_end'));
  hot.push('message_update', delta('{', 1, 'toolcall_delta'));
  expect(sent).toEqual([]);
  jest.advanceTimersByTime(100);
  const event = (type: string, contentIndex: number, text: string) => [
    'message_update',
    { assistantMessageEvent: { type, contentIndex, delta: text } },
  ];
  expect(sent).toEqual([event('text_delta', 0, 'a long text'), event('toolcall_delta', 1, '{')]);
});

test('a second of a stream gives at most ten events', () => {
  const { sent, hot } = gather();
  for (let millisecond = 0; millisecond < 1000; millisecond += 1) {
    hot.push('message_update', delta('x'));
    jest.advanceTimersByTime(1);
  }
  expect(sent.length).toBeLessThanOrEqual(10);
  expect(JSON.stringify(sent).match(/x/g)?.length).toBeGreaterThanOrEqual(900);
});

test('keeps the last partial result of each tool, in order', () => {
  const { sent, hot } = gather();
  hot.push('tool_execution_update', update('1', 'a'));
  hot.push('tool_execution_update', update('2', 'b'));
  hot.push('tool_execution_update', update('1', 'c'));
  hot.flush();
  expect(sent).toEqual([
    ['tool_execution_update', update('1', 'c')],
    ['tool_execution_update', update('2', 'b')],
  ]);
  jest.advanceTimersByTime(1000);
  expect(sent).toHaveLength(2);
});
