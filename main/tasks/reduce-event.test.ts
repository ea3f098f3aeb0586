import type { ConversationItem } from '../../schema/conversation';
import { reduceTaskdEvent, type Reduced, type TaskdEvent } from './reduce-event';
import { quiet, type TaskRuntime } from './task-runtime';

const running: TaskRuntime = { ...quiet, activity: 'running', promptInFlight: 'p1' };
const question = { id: 'q1', method: 'confirm', title: 'Sure?', message: '' } as const;
const asking: TaskRuntime = { ...running, activity: 'needs_you', dialogs: [{ ...question, openedAt: 7 }] };
const failedAnswer: ConversationItem = {
  ...{ id: 'm1', at: 1, kind: 'assistant', text: '', thinking: '', isStreaming: false },
  ...{ stopReason: 'error', errorMessage: 'Too many requests.' },
};

const event = (name: TaskdEvent['event'], payload: object): TaskdEvent =>
  ({ event: name, taskId: 'task-1', timestamp: 7, payload }) as TaskdEvent;

const settled = (promptId: string | null, isAborted: boolean) => event('agent_settled', { promptId, isAborted });
const error = event('task_error', { code: 'PI_PROCESS_DEAD', message: 'pi ended.', retryable: true });

const rows: ReadonlyArray<readonly [string, TaskRuntime, readonly ConversationItem[], TaskdEvent, Partial<Reduced>]> = [
  ['a question', running, [], event('ui_request', question), { runtime: asking }],
  [
    "the guard's question",
    running,
    [],
    event('act_question', { id: 'q1', question: { program: 'rm a', acts: [] } }),
    { effects: [{ kind: 'acts', id: 'q1', question: { program: 'rm a', acts: [] } }] },
  ],
  [
    'a question answered',
    asking,
    [],
    event('ui_request_closed', { id: 'q1', reason: 'answered' }),
    { runtime: { ...running, dialogs: [] } },
  ],
  [
    'one of two questions answered',
    { ...asking, dialogs: [...asking.dialogs, { ...question, id: 'q2' }] },
    [],
    event('ui_request_closed', { id: 'q1', reason: 'answered' }),
    { runtime: { ...asking, dialogs: [{ ...question, id: 'q2' }] } },
  ],
  [
    'a question closed at rest',
    { ...asking, promptInFlight: null },
    [],
    event('ui_request_closed', { id: 'q1', reason: 'timed_out' }),
    { runtime: { ...quiet, activity: 'idle' } },
  ],
  [
    'figures',
    running,
    [],
    event('usage', {
      ...{ input: 1, output: 2, cacheRead: 3, cacheWrite: 4, cost: 5 },
      ...{ contextTokens: 6, contextWindow: 7 },
    }),
    { record: { usage: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4, cost: 5 } } },
  ],
  [
    'a run that went well',
    running,
    [],
    settled('p1', false),
    { effects: [{ kind: 'settled', promptId: 'p1', isAborted: false, problem: null }] },
  ],
  [
    'a run whose model failed',
    running,
    [failedAnswer],
    settled('p1', false),
    { effects: [{ kind: 'settled', promptId: 'p1', isAborted: false, problem: 'Too many requests.' }] },
  ],
  [
    'a run that was stopped has no problem',
    running,
    [failedAnswer],
    settled('p1', true),
    { effects: [{ kind: 'settled', promptId: 'p1', isAborted: true, problem: null }] },
  ],
  [
    'an error at rest',
    { ...quiet, activity: 'idle' },
    [],
    error,
    { runtime: { ...quiet, activity: 'failed', problem: 'pi ended.' }, effects: [{ kind: 'closed' }] },
  ],
  [
    'an error during a run',
    running,
    [],
    error,
    {
      changes: [
        {
          type: 'add',
          item: { id: 'notice-7-0', at: 7, kind: 'notice', level: 'error', text: 'pi ended.' },
        },
      ],
      effects: [{ kind: 'closed' }, { kind: 'settled', promptId: 'p1', isAborted: false, problem: 'pi ended.' }],
    },
  ],
  [
    'a stop',
    { ...quiet, activity: 'idle' },
    [],
    event('task_stopped', {}),
    { runtime: { ...quiet, activity: 'stopped' }, effects: [{ kind: 'closed' }] },
  ],
  [
    'a tool that ends may have made files',
    running,
    [],
    event('agent_output', { kind: 'tool_end', toolCallId: 'c1', isError: false, output: 'ok' }),
    {
      changes: [{ type: 'patch', id: 'run/c1', patch: { status: 'done', output: 'ok' } }],
      effects: [{ kind: 'artifacts' }],
    },
  ],
  [
    'ids of messages and calls are those of their run',
    running,
    [],
    event('agent_output', { kind: 'tool_call', messageId: 'm1', toolCallId: 'c1', toolName: 'bash', args: {} }),
    {
      changes: [
        {
          type: 'add',
          item: { id: 'run/c1', at: 7, kind: 'tool', toolName: 'bash', args: {}, status: 'pending', output: '' },
        },
      ],
    },
  ],
  ['task_ready changes nothing', running, [], event('task_ready', { mode: 'created' }), {}],
];

test.each(rows)('%s', (_name, runtime, items, taskdEvent, expected) => {
  expect(reduceTaskdEvent({ runtime, items, run: 'run' }, taskdEvent)).toEqual({
    runtime,
    changes: [],
    record: null,
    effects: [],
    ...expected,
  });
});
