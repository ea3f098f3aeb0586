/** Events as pi 1.5.2 makes them, and what the contract carries of each. */
import { createHash } from 'node:crypto';

export interface Carried {
  readonly name: string;
  readonly event: object;
  /** The arm and its content */
  readonly body: object;
}

const user = { role: 'user', content: 'hello', timestamp: 1 };
const assistant = { role: 'assistant', content: [{ type: 'text', text: 'done' }], stopReason: 'stop' };
const tool = { toolCallId: 't1', toolName: 'bash' };
const usage = { input: 1, output: 2 };
/** Cumulative and endless: must not leave pi */
const preview = { contextMessages: Array.from({ length: 100 }, () => user) };
const json = JSON.stringify;
const whole = (message: { role: string }) => ({ role: message.role, json: json(message) });

const carried = (name: string, event: object, which: string, value: unknown): Carried => ({
  name,
  event,
  body: { which, [which]: value },
});

const sessions: readonly Carried[] = [
  carried('project_trust', { cwd: '/w', mode: 'rpc', hasUi: true }, 'projectTrust', {
    ...{ cwd: '/w', mode: 'rpc', hasUi: true },
  }),
  carried('resources_discover', { cwd: '/w', reason: 'startup' }, 'resourcesDiscover', {
    cwd: '/w',
    reason: 'startup',
  }),
  carried('session_start', { reason: 'fork', previousSessionFile: '/s' }, 'sessionStart', {
    ...{ reason: 'fork', previousSessionFile: '/s' },
  }),
  carried('session_info_changed', { name: undefined }, 'sessionInfoChanged', {}),
  carried('session_before_switch', { reason: 'resume', targetSessionFile: '/s' }, 'sessionBeforeSwitch', {
    ...{ reason: 'resume', targetSessionFile: '/s' },
  }),
  carried('session_before_fork', { entryId: 'e', position: 'at' }, 'sessionBeforeFork', {
    entryId: 'e',
    position: 'at',
  }),
  carried('session_shutdown', { reason: 'quit' }, 'sessionShutdown', { reason: 'quit' }),
  carried(
    'mcp_servers_change',
    { servers: [{ name: 'docs', config: { url: 'http://x', headers: { Authorization: 'k' } }, extensionPath: '/e' }] },
    'mcpServersChange',
    { servers: [{ name: 'docs', configJson: json({ url: 'http://x', headers: {} }) }] },
  ),
];

const preparation = {
  ...{ firstKeptEntryId: 'e2', messagesToSummarize: [user, assistant], turnPrefixMessages: [user] },
  ...{ isSplitTurn: true, tokensBefore: 900, previousSummary: 'before' },
  fileOps: { read: new Set(['a']), written: new Set(['b']), edited: new Set(['c']) },
  settings: { enabled: true, reserveTokens: 10, keepRecentTokens: 20 },
};

const history: readonly Carried[] = [
  carried(
    'session_before_compact',
    {
      ...{
        preparation,
        branchEntries: [{ id: 'e1' }],
        customInstructions: 'short',
        reason: 'manual',
        willRetry: false,
      },
      signal: new AbortController().signal,
    },
    'sessionBeforeCompact',
    {
      ...{ reason: 'manual', willRetry: false, firstKeptEntryId: 'e2', tokensBefore: 900, isSplitTurn: true },
      ...{ messageCount: 2, turnPrefixCount: 1, previousSummary: 'before', customInstructions: 'short' },
      ...{ readFiles: ['a'], writtenFiles: ['b'], editedFiles: ['c'], reserveTokens: 10, keepRecentTokens: 20 },
    },
  ),
  carried(
    'session_compact',
    {
      compactionEntry: { id: 'e3', type: 'compaction', summary: 's', firstKeptEntryId: null, tokensBefore: 9 },
      ...{ fromExtension: true, reason: 'threshold', willRetry: true },
    },
    'sessionCompact',
    { reason: 'threshold', willRetry: true, fromExtension: true, entryId: 'e3', summary: 's', tokensBefore: 9 },
  ),
  carried(
    'session_compact_failed',
    { reason: 'overflow', errorMessage: 'no', aborted: false, willRetry: true, fromExtension: false },
    'sessionCompactFailed',
    { reason: 'overflow', errorMessage: 'no', aborted: false, willRetry: true, fromExtension: false },
  ),
  carried(
    'session_before_tree',
    {
      preparation: {
        ...{ targetId: 'e1', oldLeafId: 'e9', commonAncestorId: null, userWantsSummary: true, label: 'l' },
        entriesToSummarize: [{ id: 'e5', type: 'message', message: user }],
        ...{ customInstructions: 'c', replaceInstructions: false },
      },
      signal: new AbortController().signal,
    },
    'sessionBeforeTree',
    {
      ...{ targetId: 'e1', oldLeafId: 'e9', entryIdsToSummarize: ['e5'], userWantsSummary: true, label: 'l' },
      ...{ customInstructions: 'c', replaceInstructions: false },
    },
  ),
  carried(
    'session_tree',
    { newLeafId: 'e1', oldLeafId: null, summaryEntry: { id: 'e6', type: 'branch_summary' }, fromExtension: true },
    'sessionTree',
    { newLeafId: 'e1', summaryEntryId: 'e6', fromExtension: true },
  ),
];

const provider: readonly Carried[] = [
  carried('context', { messages: [user] }, 'context', { messages: [whole(user)] }),
  carried('context_with_system', { messages: [user] }, 'contextWithSystem', { messages: [whole(user)] }),
  carried(
    'cache_warming_decision',
    { warmCost: 0.1, missCost: 0.5, continuationProbability: 0.25, action: 'warm' },
    'cacheWarmingDecision',
    { warmCost: 0.1, missCost: 0.5, continuationProbability: 0.25, action: 'warm' },
  ),
  carried('before_provider_request', { payload: { model: 'm' } }, 'beforeProviderRequest', {
    payloadJson: json({ model: 'm' }),
  }),
  carried(
    'before_provider_headers',
    { headers: { Authorization: 'Bearer secret', 'x-trace': '1', gone: null } },
    'beforeProviderHeaders',
    { headers: [{ name: 'Authorization', value: '' }, { name: 'x-trace', value: '1' }, { name: 'gone' }] },
  ),
  carried(
    'after_provider_response',
    { status: 200, headers: { 'set-cookie': 'x', server: 's' } },
    'afterProviderResponse',
    {
      status: 200,
      headers: [
        { name: 'set-cookie', value: '' },
        { name: 'server', value: 's' },
      ],
    },
  ),
  carried('provider_stream_event', { provider: 'p', api: 'a', model: 'm', data: { x: 1 } }, 'providerStreamEvent', {
    ...{ provider: 'p', api: 'a', model: 'm', dataJson: json({ x: 1 }) },
  }),
];

const run: readonly Carried[] = [
  carried(
    'before_agent_start',
    { messageType: 'user', prompt: 'do', images: [{ type: 'image' }], systemPrompt: 'sys', systemPromptOptions: {} },
    'beforeAgentStart',
    { prompt: 'do', imageCount: 1, systemPromptDigest: createHash('sha256').update('sys').digest('hex') },
  ),
  carried('agent_start', {}, 'agentStart', {}),
  carried('agent_end', { messages: [user, assistant] }, 'agentEnd', {
    ...{ messageCount: 2, lastAssistantText: 'done', stopReason: 'stop' },
  }),
  carried(
    'agent_before_settle',
    {
      ...{ outcome: 'completed', continue: true, context: preview },
      entries: [{ type: 'custom', customType: 'c', data: { n: 1 } }],
    },
    'agentBeforeSettle',
    {
      ...{ outcome: 'completed', continues: true },
      entries: [{ which: 'custom', custom: { customType: 'c', dataJson: json({ n: 1 }) } }],
    },
  ),
  carried('agent_settled', { aborted: true }, 'agentSettled', { aborted: true }),
  carried('ui_prompt_start', { reason: 'ui_prompt', kind: 'select', title: 't' }, 'uiPromptStart', {
    ...{ kind: 'select', title: 't' },
  }),
  carried('ui_prompt_end', { reason: 'ui_prompt', kind: 'custom' }, 'uiPromptEnd', { kind: 'custom' }),
  carried('turn_start', { turnIndex: 2, timestamp: 5 }, 'turnStart', { turnIndex: 2, atMs: 5 }),
  carried(
    'turn_end',
    {
      ...{ turnIndex: 2, message: assistant, messageEntryId: 'm', toolResultEntryIds: ['r'], context: preview },
      toolResults: [{ role: 'toolResult', ...tool, isError: true, content: [] }],
      ...{ outcome: 'error', continue: false },
      entries: [
        { type: 'custom_message', customType: 'c', content: 'hi', display: true },
        { type: 'context_edit', targetId: 'e', replacement: null },
        { type: 'compaction', summary: 's', firstKeptEntryId: null, usage },
      ],
    },
    'turnEnd',
    {
      ...{ turnIndex: 2, message: whole(assistant), messageEntryId: 'm', toolResultEntryIds: ['r'] },
      toolResults: [{ ...tool, isError: true }],
      ...{ outcome: 'error', continues: false },
      entries: [
        {
          which: 'customMessage',
          customMessage: { customType: 'c', content: [{ which: 'text', text: 'hi' }], display: true },
        },
        { which: 'contextEdit', contextEdit: { targetId: 'e', replacementJson: 'null' } },
        { which: 'compaction', compaction: { summary: 's', usageJson: json(usage) } },
      ],
    },
  ),
];

const messages: readonly Carried[] = [
  carried('message_start', { message: user }, 'messageStart', { message: whole(user) }),
  carried(
    'message_update',
    {
      message: assistant,
      assistantMessageEvent: { type: 'text_delta', contentIndex: 1, delta: 'x', partial: assistant },
    },
    'messageUpdate',
    { kind: 'text_delta', contentIndex: 1, delta: 'x' },
  ),
  carried('message_end', { message: assistant }, 'messageEnd', { message: whole(assistant) }),
  carried(
    'model_select',
    { model: { provider: 'p', id: 'm', api: 'a', cost: {} }, previousModel: undefined, source: 'cycle' },
    'modelSelect',
    { model: { provider: 'p', id: 'm' }, source: 'cycle' },
  ),
  carried('thinking_level_select', { level: 'high', previousLevel: 'off' }, 'thinkingLevelSelect', {
    ...{ level: 'high', previousLevel: 'off' },
  }),
];

const tools: readonly Carried[] = [
  carried('tool_execution_start', { ...tool, args: { command: 'ls' } }, 'toolExecutionStart', {
    ...{ ...tool, argsJson: json({ command: 'ls' }) },
  }),
  carried(
    'tool_execution_update',
    { ...tool, args: {}, partialResult: { content: [] }, parentToolCallId: 't0' },
    'toolExecutionUpdate',
    { ...tool, partialResultJson: json({ content: [] }), parentToolCallId: 't0' },
  ),
  carried(
    'tool_execution_end',
    { ...tool, result: { content: [] }, isError: false, durationMs: 1.5 },
    'toolExecutionEnd',
    {
      ...{ ...tool, resultJson: json({ content: [] }), isError: false, durationMs: 1.5 },
    },
  ),
  carried('tool_call', { ...tool, input: { command: 'ls' }, parentToolCallId: 't0' }, 'toolCall', {
    ...{ ...tool, inputJson: json({ command: 'ls' }), parentToolCallId: 't0' },
  }),
  carried(
    'tool_result',
    {
      ...{ ...tool, input: { command: 'ls' }, details: { n: 1 }, structuredContent: [1], isError: false, usage },
      content: [
        { type: 'text', text: 'a' },
        { type: 'image', mimeType: 'image/png', data: 'AAE=' },
      ],
    },
    'toolResult',
    {
      ...{ ...tool, inputJson: json({ command: 'ls' }), detailsJson: json({ n: 1 }), structuredContentJson: '[1]' },
      ...{ isError: false, usageJson: json(usage) },
      content: [
        { which: 'text', text: 'a' },
        { which: 'image', image: { mimeType: 'image/png', data: new Uint8Array([0, 1]) } },
      ],
    },
  ),
];

const person: readonly Carried[] = [
  carried('user_bash', { command: 'ls', excludeFromContext: true, cwd: '/w' }, 'userBash', {
    ...{ command: 'ls', excludeFromContext: true, cwd: '/w' },
  }),
  carried('input', { text: 'hi', images: undefined, source: 'rpc', streamingBehavior: undefined }, 'input', {
    ...{ text: 'hi', images: [], source: 'rpc', streamingBehavior: 'byDefault' },
  }),
];

/** At least one of each of the 41 events. */
export const carriedEvents: readonly Carried[] = [
  ...sessions,
  ...history,
  ...provider,
  ...run,
  ...messages,
  ...tools,
  ...person,
];
