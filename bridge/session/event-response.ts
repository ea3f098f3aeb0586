/** From what the rules made of an event to the answer that the harness understands. Pure. */
import type { JsonValue } from '../behaviour/action';
import type { AddedContext, Outcome, ResultChange } from '../behaviour/evaluate/outcome';
import type { ContentBlock, PiEvent, PiEventResponse } from '../../schema/generated/pi-api';
import { jsonOf } from './event-facts';

const none: PiEventResponse = { which: 'none' };
const text = (value: string): ContentBlock => ({ which: 'text', text: value });

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

function withContext(context: readonly AddedContext[]): PiEventResponse {
  const messages = context.filter(({ to }) => to === 'message');
  if (messages.length === 0) return none;
  return {
    which: 'beforeAgentStart',
    beforeAgentStart: {
      message: {
        customType: 'piwork-context',
        content: [text(messages.map((one) => one.text).join('\n\n'))],
        display: messages.some(({ isShown }) => isShown),
        detailsJson: undefined,
      },
      systemPrompt: undefined,
    },
  };
}

/** What the event is answered; `none` where the rules changed nothing. */
export function responseOf(event: PiEvent, outcome: Outcome): PiEventResponse {
  switch (event.which) {
    case 'toolCall':
      if (outcome.verdict === 'block') {
        return { which: 'blockTool', blockTool: { reason: outcome.reason, terminate: outcome.endsRun } };
      }
      if (outcome.inputPatch === null) return none;
      return {
        which: 'patchToolInput',
        patchToolInput: { inputJson: patched(event.toolCall.inputJson, outcome.inputPatch) },
      };
    case 'toolResult':
      return outcome.resultChange === null ? none : patchedResult(event.toolResult.content, outcome.resultChange);
    case 'beforeAgentStart':
      return withContext(outcome.context);
    default:
      return none;
  }
}

/** The event as the harness will go on with it. */
export function patchedEvent(event: PiEvent, response: PiEventResponse): PiEvent {
  if (event.which === 'toolCall' && response.which === 'patchToolInput') {
    return { ...event, toolCall: { ...event.toolCall, inputJson: response.patchToolInput.inputJson } };
  }
  if (event.which === 'toolResult' && response.which === 'patchToolResult') {
    const { content = event.toolResult.content, isError = event.toolResult.isError } = response.patchToolResult;
    return { ...event, toolResult: { ...event.toolResult, content, isError } };
  }
  return event;
}
