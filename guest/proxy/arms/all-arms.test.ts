import { decodeMessage, encodeMessage } from '../../../schema/capnp/whole-message';
import { eventKinds, type PiEvent, type PiEventResponse } from '../../../schema/generated/pi-api';
import { eventHeaderCodec, piEventCodec } from '../../../schema/generated/pi-api-codec';
import { withDefaults } from '../../../schema/capnp/with-defaults';
import { carriedEvents } from '../test/pi-events';
import { armOf, arms } from './all-arms';

const header = withDefaults(eventHeaderCodec, { seq: 1, sessionId: 's', harness: 'pi' });
const told: string[] = [];
const applying = { tell: (text: string): void => void told.push(text) };
afterEach(() => (told.length = 0));

test('every event of the contract has an arm, and each is tested below', () => {
  const names = eventKinds.map(({ name }) => name as string).sort();
  expect(Object.keys(arms).sort()).toEqual(names);
  expect([...new Set(carriedEvents.map(({ name }) => name))].sort()).toEqual(names);
});

test.each(carriedEvents.map((one) => [one.name, one] as const))('%s is carried', (name, { event, body }) => {
  const sent = { header, ...armOf(name).project(event) } as PiEvent;
  const received: Partial<PiEvent> = decodeMessage(piEventCodec, encodeMessage(piEventCodec, sent));
  const { header: its, ...rest } = received;
  expect(its).toEqual(header);
  expect(JSON.parse(JSON.stringify(rest))).toEqual(JSON.parse(JSON.stringify(body)));
  expect(JSON.stringify(rest).length).toBeLessThan(1000);
});

test('carries an event of a newer pi unchanged', () => {
  expect(armOf('moon_rise').project({ type: 'moon_rise', phase: 3 })).toEqual({
    which: 'unknown',
    unknown: { name: 'moon_rise', json: '{"type":"moon_rise","phase":3}' },
  });
});

const text = (value: string) => ({ which: 'text' as const, text: value });
const block = (value: string) => ({ type: 'text', text: value });
const message = { customType: 'c', content: [text('m')], display: true, detailsJson: '{"d":1}' };
const piMessage = { customType: 'c', content: [block('m')], display: true, details: { d: 1 } };
const edited = { role: 'assistant', content: [] };
const editedMessage = { role: 'assistant', json: JSON.stringify(edited) };

const entries: PiEventResponse = {
  which: 'boundary',
  boundary: {
    entries: [
      { which: 'custom', custom: { customType: 'c', dataJson: '[1]' } },
      { which: 'customMessage', customMessage: message },
      { which: 'contextEdit', contextEdit: { targetId: 'e', replacementJson: 'null' } },
      { which: 'compaction', compaction: { summary: 's', firstKeptEntryId: undefined, usageJson: '{}' } },
    ],
    continues: true,
  },
};
const drafts = {
  entries: [
    { type: 'custom', customType: 'c', data: [1] },
    { type: 'custom_message', ...piMessage },
    { type: 'context_edit', targetId: 'e', replacement: null },
    { type: 'compaction', summary: 's', firstKeptEntryId: null, usage: {} },
  ],
  continue: true,
};

const applied: readonly (readonly [string, PiEventResponse, object, unknown])[] = [
  [
    'project_trust',
    { which: 'projectTrust', projectTrust: { trusted: 'yes', remember: true } },
    {},
    { trusted: 'yes', remember: true },
  ],
  [
    'resources_discover',
    { which: 'resources', resources: { skillPaths: ['/s'], promptPaths: [], themePaths: [] } },
    {},
    { skillPaths: ['/s'], promptPaths: [], themePaths: [] },
  ],
  [
    'session_before_switch',
    { which: 'cancel', cancel: { reason: 'stay', skipConversationRestore: false } },
    {},
    { cancel: true },
  ],
  [
    'session_before_fork',
    { which: 'cancel', cancel: { skipConversationRestore: true } },
    {},
    { cancel: true, skipConversationRestore: true },
  ],
  ['session_before_compact', { which: 'cancel', cancel: { skipConversationRestore: false } }, {}, { cancel: true }],
  [
    'session_before_compact',
    {
      which: 'compaction',
      compaction: { summary: 's', firstKeptEntryId: 'e', tokensBefore: 1, usageJson: '{}', detailsJson: '[]' },
    },
    {},
    { compaction: { summary: 's', firstKeptEntryId: 'e', tokensBefore: 1, usage: {}, details: [] } },
  ],
  ['session_before_tree', { which: 'cancel', cancel: { skipConversationRestore: false } }, {}, { cancel: true }],
  [
    'session_before_tree',
    {
      which: 'tree',
      tree: {
        summary: { summary: 's', detailsJson: '1', usageJson: '{}' },
        customInstructions: 'c',
        replaceInstructions: true,
        label: 'l',
      },
    },
    {},
    {
      summary: { summary: 's', details: 1, usage: {} },
      customInstructions: 'c',
      replaceInstructions: true,
      label: 'l',
    },
  ],
  ['context', { which: 'contextMessages', contextMessages: { messages: [editedMessage] } }, {}, { messages: [edited] }],
  [
    'context_with_system',
    { which: 'contextMessages', contextMessages: { messages: [editedMessage] } },
    {},
    { messages: [edited] },
  ],
  ['cache_warming_decision', { which: 'cacheWarming', cacheWarming: { action: 'stop' } }, {}, { action: 'stop' }],
  [
    'before_provider_request',
    { which: 'providerRequest', providerRequest: { payloadJson: '{"model":"m"}' } },
    {},
    { model: 'm' },
  ],
  [
    'before_agent_start',
    { which: 'beforeAgentStart', beforeAgentStart: { message, appendToSystemPrompt: 'more' } },
    { systemPrompt: 'sys' },
    { message: piMessage, systemPrompt: 'sys\n\nmore' },
  ],
  [
    'before_agent_start',
    { which: 'beforeAgentStart', beforeAgentStart: { systemPrompt: 'other' } },
    { systemPrompt: 'sys' },
    { systemPrompt: 'other' },
  ],
  ['agent_before_settle', entries, {}, drafts],
  ['turn_end', entries, {}, drafts],
  ['message_end', { which: 'messageEnd', messageEnd: { message: editedMessage } }, {}, { message: edited }],
  [
    'tool_call',
    { which: 'blockTool', blockTool: { reason: 'no', terminate: true } },
    { input: {} },
    { block: true, reason: 'no', terminate: true },
  ],
  [
    'tool_result',
    {
      which: 'patchToolResult',
      patchToolResult: { content: [text('x')], detailsJson: '1', isError: true, usageJson: '{}' },
    },
    { structuredContent: [7] },
    { content: [block('x')], structuredContent: [7], details: 1, isError: true, usage: {} },
  ],
  [
    'tool_result',
    { which: 'patchToolResult', patchToolResult: { structuredContentJson: '[8]' } },
    { structuredContent: [7] },
    { structuredContent: [8] },
  ],
  [
    'user_bash',
    { which: 'userBashResult', userBashResult: { output: 'o', exitCode: 3, cancelled: false, truncated: false } },
    {},
    { result: { output: 'o', exitCode: 3, cancelled: false, truncated: false } },
  ],
  ['input', { which: 'input', input: { which: 'continue' } }, {}, { action: 'continue' }],
  ['input', { which: 'input', input: { which: 'handled' } }, {}, { action: 'handled' }],
  [
    'input',
    {
      which: 'input',
      input: {
        which: 'transform',
        transform: {
          text: 't',
          images: [{ which: 'image', image: { mimeType: 'image/png', data: new Uint8Array([0, 1]) } }],
        },
      },
    },
    {},
    { action: 'transform', text: 't', images: [{ type: 'image', mimeType: 'image/png', data: 'AAE=' }] },
  ],
];

test.each(applied)('%s is answered by %j', (name, response, event, expected) => {
  expect(arms[name]?.apply?.(response, event, applying)).toEqual(expected);
});

test('covers every answer that an event allows, and every such arm ignores other answers', () => {
  const tried = new Set(applied.map(([name, { which }]) => `${name} ${which}`));
  const inPlace = ['before_provider_headers headers', 'tool_call patchToolInput'];
  const allowed = eventKinds.flatMap(({ name, responses }) => responses.map((which) => `${name} ${which}`));
  expect(allowed.filter((one) => !tried.has(one)).sort()).toEqual(inPlace);
  for (const { name } of eventKinds) {
    const answer = arms[name]?.apply?.({ which: 'none' }, {}, applying);
    expect([name, answer ?? null]).toEqual([name, name === 'project_trust' ? { trusted: 'undecided' } : null]);
  }
});

test("replaces a tool's input in place, and keeps it when the answer isn't an object", () => {
  const input: Record<string, unknown> = { command: 'rm -rf /', timeout: 3 };
  const patch = (inputJson: string) =>
    arms.tool_call?.apply?.({ which: 'patchToolInput', patchToolInput: { inputJson } }, { input }, applying);
  expect(patch('{"command":"ls"}')).toBeUndefined();
  expect(input).toEqual({ command: 'ls' });
  for (const broken of ['[1]', '{', '"x"', 'null'])
    expect(() => patch(broken)).toThrow(/The input of the tool isn't (a )?JSON/);
  expect(input).toEqual({ command: 'ls' });
});

test('sets and removes headers in place, except those with keys', () => {
  const headers: Record<string, string | null> = { Authorization: 'Bearer k', 'X-Trace': '1', old: 'x' };
  const answer = [
    { name: 'authorization', value: 'stolen' },
    { name: 'x-trace', value: '2' },
    { name: 'old' },
    { name: 'new', value: 'n' },
  ];
  arms.before_provider_headers?.apply?.({ which: 'headers', headers: { headers: answer } }, { headers }, applying);
  expect(headers).toEqual({ Authorization: 'Bearer k', 'X-Trace': '2', old: null, new: 'n' });
});

test('gates refuse in the way their event needs, with the reason where somebody reads it', () => {
  const closed = eventKinds.filter(({ class: kind }) => kind === 'gate').map(({ name }) => name);
  const said = closed.map((name) => [name, arms[name]?.refuse?.('why', {}, applying)]);
  expect(Object.fromEntries(said)).toEqual({
    project_trust: { trusted: 'no' },
    session_before_switch: { cancel: true },
    session_before_fork: { cancel: true },
    tool_call: { block: true, reason: 'why' },
    user_bash: { result: { output: 'why', exitCode: 126, cancelled: false, truncated: false } },
  });
  expect(told).toEqual(['why', 'why']);
});
