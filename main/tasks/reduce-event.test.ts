import type { ConversationItem } from '../../schema/conversation';
import { reduceTaskdEvent, type Reduced, type TaskdEvent } from './reduce-event';

const question = { id: 'q1', method: 'confirm', title: 'Sure?', message: '' } as const;
const failedAnswer: ConversationItem = {
  ...{ id: 'm1', at: 1, kind: 'assistant', text: '', thinking: '', isStreaming: false },
  ...{ stopReason: 'error', errorMessage: 'Too many requests.' },
};

const event = (name: TaskdEvent['event'], payload: object): TaskdEvent =>
  ({ event: name, taskId: 'task-1', timestamp: 7, payload }) as TaskdEvent;

const settled = (promptId: string | null, isAborted: boolean) => event('agent_settled', { promptId, isAborted });
const error = event('task_error', { code: 'PI_PROCESS_DEAD', message: 'pi ended.', retryable: true });

const outcome = (isAborted: boolean, problem: string | null) => ({ isAborted, problem, isTold: true });

const rows: ReadonlyArray<readonly [string, readonly ConversationItem[], TaskdEvent, Partial<Reduced>]> = [
  [
    'a question',
    [],
    event('ui_request', question),
    { input: { kind: 'dialog-opened', process: 3, dialog: { ...question, openedAt: 7 } } },
  ],
  [
    "the guard's question",
    [],
    event('act_question', { id: 'q1', question: { program: 'rm a', acts: [] } }),
    { effects: [{ kind: 'acts', id: 'q1', question: { program: 'rm a', acts: [] } }] },
  ],
  [
    'a question answered',
    [],
    event('ui_request_closed', { id: 'q1', reason: 'answered' }),
    { input: { kind: 'dialog-closed', process: 3, id: 'q1' } },
  ],
  [
    'figures',
    [],
    event('usage', {
      ...{ input: 1, output: 2, cacheRead: 3, cacheWrite: 4, cost: 5 },
      ...{ contextTokens: 6, contextWindow: 7 },
    }),
    { record: { usage: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4, cost: 5 } } },
  ],
  [
    'a run that went well',
    [],
    settled('p1', false),
    { input: { kind: 'run-ended', promptId: 'p1', outcome: outcome(false, null) } },
  ],
  [
    'a run whose model failed',
    [failedAnswer],
    settled('p1', false),
    { input: { kind: 'run-ended', promptId: 'p1', outcome: outcome(false, 'Too many requests.') } },
  ],
  [
    'a run that was stopped has no problem',
    [failedAnswer],
    settled('p1', true),
    { input: { kind: 'run-ended', promptId: 'p1', outcome: outcome(true, null) } },
  ],
  ['an error', [], error, { input: { kind: 'process-ended', process: 3, problem: 'pi ended.' } }],
  ['a stop', [], event('task_stopped', {}), { input: { kind: 'process-ended', process: 3, problem: null } }],
  [
    'a tool that ends may have made files',
    [],
    event('agent_output', { kind: 'tool_end', toolCallId: 'c1', isError: false, output: 'ok' }),
    {
      changes: [{ type: 'patch', id: 'run/c1', patch: { status: 'done', output: 'ok' } }],
      effects: [{ kind: 'artifacts' }],
    },
  ],
  [
    'ids of messages and calls are those of their run',
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
  ['task_ready changes nothing', [], event('task_ready', { mode: 'created' }), {}],
];

test.each(rows)('%s', (_name, items, taskdEvent, expected) => {
  expect(reduceTaskdEvent(items, { run: 'run', process: 3 }, taskdEvent)).toEqual({
    changes: [],
    record: null,
    input: null,
    effects: [],
    ...expected,
  });
});
