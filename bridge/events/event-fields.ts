/** The fields of each event that rules can name, as `vocabulary/events.ts` lists them. Pure. */
import type { JsonValue } from '../behaviour/action';
import type { EventName } from '../behaviour/vocabulary/events';
import type { ContentBlock, Message, PiEvent } from '../../schema/generated/pi-api';

export interface NamedFields {
  readonly event: EventName;
  readonly fields: Readonly<Record<string, JsonValue>>;
}

/** A value that came as JSON text; text that isn't JSON stays a string. */
export function jsonOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

export const contentText = (content: readonly ContentBlock[]): string =>
  content.flatMap((block) => (block.which === 'text' ? [block.text] : [])).join('\n');

/** The text of pi's content, which is a text or a list of blocks. */
function piText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block: { readonly text?: unknown } | null) => (typeof block?.text === 'string' ? block.text : ''))
    .join('\n');
}

const piContent = (json: string): string => piText((jsonOf(json) as { readonly content?: unknown } | null)?.content);

/** The text of one of pi's messages, without thinking and tool calls. */
const messageText = ({ json }: Message): string => piContent(json);

const called = (tool: string, callId: string, inputJson: string) => ({
  tool,
  'call.id': callId,
  input: jsonOf(inputJson),
});

/** Events about sessions and their tree. */
function sessionFields(event: PiEvent): NamedFields | null {
  switch (event.which) {
    case 'sessionStart':
      return { event: 'session-start', fields: { reason: event.sessionStart.reason } };
    case 'sessionInfoChanged':
      return { event: 'session-info-changed', fields: { name: event.sessionInfoChanged.name ?? '' } };
    case 'sessionBeforeSwitch':
      return { event: 'session-before-switch', fields: { reason: event.sessionBeforeSwitch.reason } };
    case 'sessionBeforeFork': {
      const { entryId, position } = event.sessionBeforeFork;
      return { event: 'session-before-fork', fields: { 'entry.id': entryId, position } };
    }
    case 'sessionBeforeCompact': {
      const { reason, tokensBefore } = event.sessionBeforeCompact;
      return { event: 'session-before-compact', fields: { reason, 'tokens-before': tokensBefore } };
    }
    case 'sessionCompact':
      return { event: 'session-compact', fields: { reason: event.sessionCompact.reason } };
    case 'sessionCompactFailed': {
      const { reason, errorMessage = '', aborted } = event.sessionCompactFailed;
      return { event: 'session-compact-failed', fields: { reason, error: errorMessage, aborted } };
    }
    case 'sessionShutdown':
      return { event: 'session-shutdown', fields: { reason: event.sessionShutdown.reason } };
    case 'sessionBeforeTree':
      return { event: 'session-before-tree', fields: { 'target.id': event.sessionBeforeTree.targetId } };
    case 'sessionTree':
      return { event: 'session-tree', fields: {} };
    case 'resourcesDiscover': {
      const { cwd, reason } = event.resourcesDiscover;
      return { event: 'resources-discover', fields: { cwd, reason } };
    }
    default:
      return null;
  }
}

/** Events about runs and messages. */
function runFields(event: PiEvent): NamedFields | null {
  switch (event.which) {
    case 'beforeAgentStart':
      // `is-first` and `folder.listing` come from the session's state.
      return { event: 'before-agent-start', fields: { prompt: event.beforeAgentStart.prompt } };
    case 'agentStart':
      return { event: 'agent-start', fields: {} };
    case 'agentEnd':
      return { event: 'agent-end', fields: { 'last-text': event.agentEnd.lastAssistantText ?? '' } };
    case 'agentBeforeSettle':
      return { event: 'agent-before-settle', fields: { outcome: event.agentBeforeSettle.outcome, 'last-text': '' } };
    case 'agentSettled':
      return { event: 'agent-settled', fields: { aborted: event.agentSettled.aborted } };
    case 'turnStart':
      return { event: 'turn-start', fields: {} };
    case 'turnEnd': {
      const { outcome, message } = event.turnEnd;
      return { event: 'turn-end', fields: { outcome, 'last-text': messageText(message) } };
    }
    case 'messageStart':
      return { event: 'message-start', fields: { role: event.messageStart.message.role } };
    case 'messageEnd': {
      const { message } = event.messageEnd;
      return { event: 'message-end', fields: { role: message.role, text: messageText(message) } };
    }
    case 'input':
      return { event: 'input', fields: { text: event.input.text, source: event.input.source } };
    case 'afterProviderResponse':
      return { event: 'after-provider-response', fields: { status: event.afterProviderResponse.status } };
    case 'modelSelect': {
      const { model, source } = event.modelSelect;
      return { event: 'model-select', fields: { model: `${model.provider}/${model.id}`, source } };
    }
    case 'thinkingLevelSelect':
      return { event: 'thinking-level-select', fields: { level: event.thinkingLevelSelect.level } };
    case 'uiPromptStart':
      return {
        event: 'ui-prompt-start',
        fields: { kind: event.uiPromptStart.kind, title: event.uiPromptStart.title ?? '' },
      };
    case 'uiPromptEnd':
      return { event: 'ui-prompt-end', fields: { kind: event.uiPromptEnd.kind, title: event.uiPromptEnd.title ?? '' } };
    default:
      return null;
  }
}

/** Events about tools. */
function toolFields(event: PiEvent): NamedFields | null {
  switch (event.which) {
    case 'toolCall': {
      const { toolCallId, toolName, inputJson } = event.toolCall;
      return { event: 'tool-call', fields: called(toolName, toolCallId, inputJson) };
    }
    case 'toolResult': {
      const { toolCallId, toolName, inputJson, content, isError } = event.toolResult;
      const fields = { ...called(toolName, toolCallId, inputJson), output: contentText(content), 'is-error': isError };
      return { event: 'tool-result', fields };
    }
    case 'toolExecutionStart': {
      const { toolCallId, toolName, argsJson } = event.toolExecutionStart;
      return { event: 'tool-execution-start', fields: called(toolName, toolCallId, argsJson) };
    }
    case 'toolExecutionUpdate': {
      const { toolCallId, toolName } = event.toolExecutionUpdate;
      return { event: 'tool-execution-update', fields: called(toolName, toolCallId, 'null') };
    }
    case 'toolExecutionEnd': {
      const { toolCallId, toolName: tool, resultJson, isError } = event.toolExecutionEnd;
      const fields = { tool, 'call.id': toolCallId, output: piContent(resultJson), 'is-error': isError };
      return { event: 'tool-execution-end', fields };
    }
    case 'userBash':
      return { event: 'user-bash', fields: { command: event.userBash.command, cwd: event.userBash.cwd } };
    default:
      return null;
  }
}

/** `null` for an event that no rule can name. */
export const fieldsOf = (event: PiEvent): NamedFields | null =>
  toolFields(event) ?? runFields(event) ?? sessionFields(event);
