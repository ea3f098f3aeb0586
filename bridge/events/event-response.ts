/** Converts the rules' outcome for an event to an answer for the harness. Pure. */
import type { JsonValue } from '../behaviour/action';
import type { AddedContext, Outcome, ResultChange } from '../behaviour/evaluate/outcome';
import type { ContentBlock, CustomMessage, PiEvent, PiEventResponse } from '../../schema/generated/pi-api';
import { jsonOf } from './event-fields';

const none: PiEventResponse = { which: 'none' };
const text = (value: string): ContentBlock => ({ which: 'text', text: value });
/** The message type with which pi stores what an extension has added */
const contextType = 'piwork-context';

function patched(inputJson: string, patch: Readonly<Record<string, JsonValue>>): string {
  const input = jsonOf(inputJson);
  const isObject = input !== null && typeof input === 'object' && !Array.isArray(input);
  const fields = isObject ? (input as Readonly<Record<string, JsonValue>>) : {};
  return JSON.stringify({ ...fields, ...patch });
}

function patchedResult(content: readonly ContentBlock[], change: ResultChange): PiEventResponse {
  const middle = change.replace === null ? content : [text(change.replace)];
  const isChanged = change.replace !== null || change.before.length > 0 || change.after.length > 0;
  return {
    which: 'patchToolResult',
    patchToolResult: {
      content: isChanged ? [...change.before.map(text), ...middle, ...change.after.map(text)] : undefined,
      isError: change.isError ?? undefined,
    },
  };
}

const joined = (context: readonly AddedContext[]): string => context.map((one) => one.text).join('\n\n');

function contextMessage(context: readonly AddedContext[]): CustomMessage | undefined {
  if (context.length === 0) return undefined;
  return { customType: contextType, content: [text(joined(context))], display: context.some(({ isShown }) => isShown) };
}

function withContext(context: readonly AddedContext[]): PiEventResponse {
  if (context.length === 0) return none;
  const system = context.filter(({ to }) => to === 'system');
  return {
    which: 'beforeAgentStart',
    beforeAgentStart: {
      message: contextMessage(context.filter(({ to }) => to === 'message')),
      appendToSystemPrompt: system.length === 0 ? undefined : joined(system),
    },
  };
}

/** At a boundary: what is added to the session, and whether the run continues. */
function boundary({ continuation, context }: Outcome): PiEventResponse {
  if (continuation === null && context.length === 0) return none;
  const said = continuation?.text ?? null;
  const added: readonly AddedContext[] = [
    ...context,
    ...(said === null ? [] : [{ text: said, to: 'message' as const, isShown: true }]),
  ];
  const message = contextMessage(added);
  return {
    which: 'boundary',
    boundary: {
      entries: message === undefined ? undefined : [{ which: 'customMessage', customMessage: message }],
      continues: continuation === null ? undefined : true,
    },
  };
}

/** The answer that prevents an event. */
export function blockedBy(event: PiEvent, reason: string, endsRun = false): PiEventResponse {
  switch (event.which) {
    case 'toolCall':
      return { which: 'blockTool', blockTool: { reason, terminate: endsRun } };
    case 'input':
      return { which: 'input', input: { which: 'handled' } };
    case 'userBash':
      return {
        which: 'userBashResult',
        userBashResult: { output: reason, exitCode: 1, cancelled: false, truncated: false },
      };
    default:
      return { which: 'cancel', cancel: { reason, skipConversationRestore: false } };
  }
}

/** The answer to the event; `none` when the rules changed nothing. */
export function responseOf(event: PiEvent, outcome: Outcome): PiEventResponse {
  if (outcome.verdict === 'block') return blockedBy(event, outcome.reason, outcome.endsRun);
  switch (event.which) {
    case 'toolCall':
      if (outcome.inputPatch === null) return none;
      return {
        which: 'patchToolInput',
        patchToolInput: { inputJson: patched(event.toolCall.inputJson, outcome.inputPatch) },
      };
    case 'input': {
      const changed = outcome.inputPatch?.['text'];
      return typeof changed === 'string'
        ? { which: 'input', input: { which: 'transform', transform: { text: changed } } }
        : none;
    }
    case 'toolResult':
      return outcome.resultChange === null ? none : patchedResult(event.toolResult.content, outcome.resultChange);
    case 'beforeAgentStart':
      return withContext(outcome.context);
    case 'turnEnd':
    case 'agentBeforeSettle':
      return boundary(outcome);
    case 'resourcesDiscover': {
      const { skills, prompts } = outcome.resources;
      if (skills.length === 0 && prompts.length === 0) return none;
      return { which: 'resources', resources: { skillPaths: skills, promptPaths: prompts, themePaths: [] } };
    }
    default:
      return none;
  }
}

/** The event as the harness will continue with it. */
export function patchedEvent(event: PiEvent, response: PiEventResponse): PiEvent {
  if (event.which === 'toolCall' && response.which === 'patchToolInput') {
    return { ...event, toolCall: { ...event.toolCall, inputJson: response.patchToolInput.inputJson } };
  }
  if (event.which === 'toolResult' && response.which === 'patchToolResult') {
    const { content = event.toolResult.content, isError = event.toolResult.isError } = response.patchToolResult;
    return { ...event, toolResult: { ...event.toolResult, content, isError } };
  }
  if (event.which === 'input' && response.which === 'input' && response.input.which === 'transform') {
    return { ...event, input: { ...event.input, text: response.input.transform.text } };
  }
  return event;
}

/** Whether the answer is final: nothing that comes after it can change it. */
export const isFinal = (response: PiEventResponse): boolean =>
  response.which === 'blockTool' ||
  response.which === 'cancel' ||
  response.which === 'userBashResult' ||
  (response.which === 'input' && response.input.which === 'handled');

/** Combines two answers to one event; if both say something, the later one adds to the earlier. */
export function mergedResponse(first: PiEventResponse, second: PiEventResponse): PiEventResponse {
  if (second.which === 'none') return first;
  if (first.which === 'beforeAgentStart' && second.which === 'beforeAgentStart') {
    const [one, other] = [first.beforeAgentStart, second.beforeAgentStart];
    const systems = [one.appendToSystemPrompt, other.appendToSystemPrompt].filter((part) => part !== undefined);
    return {
      which: 'beforeAgentStart',
      beforeAgentStart: {
        message: mergedMessage(one.message, other.message),
        appendToSystemPrompt: systems.length === 0 ? undefined : systems.join('\n\n'),
      },
    };
  }
  if (first.which === 'boundary' && second.which === 'boundary') {
    const entries = [...(first.boundary.entries ?? []), ...(second.boundary.entries ?? [])];
    const continues = first.boundary.continues ?? second.boundary.continues;
    return { which: 'boundary', boundary: { entries: entries.length === 0 ? undefined : entries, continues } };
  }
  if (first.which === 'resources' && second.which === 'resources') {
    const [one, other] = [first.resources, second.resources];
    return {
      which: 'resources',
      resources: {
        skillPaths: [...one.skillPaths, ...other.skillPaths],
        promptPaths: [...one.promptPaths, ...other.promptPaths],
        themePaths: [...one.themePaths, ...other.themePaths],
      },
    };
  }
  return second;
}

function mergedMessage(one: CustomMessage | undefined, other: CustomMessage | undefined): CustomMessage | undefined {
  if (!one || !other) return one ?? other;
  return { ...one, content: [...one.content, ...other.content], display: one.display || other.display };
}
