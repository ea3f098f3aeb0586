/** The events that a rule may name: their class, their fields and the decisions they accept. */

/** gate: waits, and fails closed; transform: waits, and fails open; notification: nothing waits for it. */
export type EventClass = 'gate' | 'transform' | 'notification';

/** json: the field and every path below it; text, number and flag: only the field itself */
export type FieldKind = 'text' | 'number' | 'flag' | 'json';

/** What only some events can do with a rule's answer. */
export type DecisionKind =
  'block' | 'allow' | 'ask-act' | 'patch-input' | 'change-result' | 'add-context' | 'add-resources' | 'continue';

export interface EventEntry {
  readonly class: EventClass;
  readonly fields: Readonly<Record<string, FieldKind>>;
  readonly decisions: readonly DecisionKind[];
}

const gate = (fields: EventEntry['fields'], ...decisions: DecisionKind[]): EventEntry => ({
  class: 'gate',
  fields,
  decisions: ['block', 'allow', ...decisions],
});
const transform = (fields: EventEntry['fields'], ...decisions: DecisionKind[]): EventEntry => ({
  class: 'transform',
  fields,
  decisions,
});
const note = (fields: EventEntry['fields'] = {}): EventEntry => ({ class: 'notification', fields, decisions: [] });

const call = { tool: 'text', 'call.id': 'text', input: 'json' } as const;

/** By the name in behaviour files, after the colon; on the wire it has `_` instead of `-`. */
export const events = {
  'tool-call': gate({ ...call, 'acts.sentence': 'text', 'acts.total': 'number' }, 'ask-act', 'patch-input'),
  'user-bash': gate({ command: 'text', cwd: 'text' }),
  'session-before-switch': gate({ reason: 'text' }),
  'session-before-fork': gate({ 'entry.id': 'text', position: 'text' }),
  'session-before-compact': transform({ reason: 'text', 'tokens-before': 'number' }, 'block', 'allow'),
  'session-before-tree': transform({ 'target.id': 'text' }, 'block', 'allow'),
  input: transform({ text: 'text', source: 'text' }, 'block', 'allow', 'patch-input'),
  'tool-result': transform({ ...call, output: 'text', 'is-error': 'flag' }, 'change-result'),
  'before-agent-start': transform({ prompt: 'text', 'is-first': 'flag', 'folder.listing': 'text' }, 'add-context'),
  'resources-discover': transform({ cwd: 'text', reason: 'text' }, 'add-resources'),
  'turn-end': transform({ outcome: 'text', 'last-text': 'text' }, 'continue', 'add-context'),
  'agent-before-settle': transform({ outcome: 'text', 'last-text': 'text' }, 'continue', 'add-context'),
  'message-end': transform({ role: 'text', text: 'text' }),
  'session-start': note({ reason: 'text' }),
  'session-info-changed': note({ name: 'text' }),
  'session-compact': note({ reason: 'text' }),
  'session-compact-failed': note({ reason: 'text', error: 'text', aborted: 'flag' }),
  'session-shutdown': note({ reason: 'text' }),
  'session-tree': note({}),
  'after-provider-response': note({ status: 'number' }),
  'agent-start': note(),
  'agent-end': note({ 'last-text': 'text' }),
  'agent-settled': note({ aborted: 'flag' }),
  'ui-prompt-start': note({ kind: 'text', title: 'text' }),
  'ui-prompt-end': note({ kind: 'text', title: 'text' }),
  'turn-start': note(),
  'message-start': note({ role: 'text' }),
  'tool-execution-start': note(call),
  'tool-execution-update': note(call),
  'tool-execution-end': note({ tool: 'text', 'call.id': 'text', output: 'text', 'is-error': 'flag' }),
  'model-select': note({ model: 'text', source: 'text' }),
  'thinking-level-select': note({ level: 'text' }),
} as const satisfies Readonly<Record<string, EventEntry>>;

export type EventName = keyof typeof events;

/** Every event that a rule may name. */
export const eventNames = Object.keys(events) as readonly EventName[];

const tooLarge = 'it is sent again with the whole conversation, or with every token';

/** Events of pi that no rule can name, and why. */
export const withheldEvents: Readonly<Record<string, string>> = {
  'project-trust': 'it happens before the bridge starts',
  'mcp-servers-change': 'an answer to it would replace the MCP servers',
  context: tooLarge,
  'context-with-system': tooLarge,
  'before-provider-request': tooLarge,
  'before-provider-headers': "the host's gateway sets the headers",
  'provider-stream-event': tooLarge,
  'message-update': tooLarge,
  'cache-warming-decision': 'behaviour files have no action that answers it',
};

/** Whether a word names an event that rules can have. */
export function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}
