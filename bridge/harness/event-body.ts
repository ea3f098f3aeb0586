/** Events of the contract as a harness makes them: without the header, which the session adds. */
import type { PiEvent } from '../../schema/generated/pi-api';

type WithoutHeader<E> = E extends unknown ? Omit<E, 'header'> : never;

/** An event of the contract without its header. */
export type EventBody = WithoutHeader<PiEvent>;

/** pi's name of an arm: `toolCall` becomes `tool_call`. */
export const eventName = (which: EventBody['which']): string =>
  which.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The tool of an event that has one, otherwise `null`. */
export function toolOf(event: EventBody): { readonly callId: string; readonly name: string } | null {
  switch (event.which) {
    case 'toolCall':
      return { callId: event.toolCall.toolCallId, name: event.toolCall.toolName };
    case 'toolResult':
      return { callId: event.toolResult.toolCallId, name: event.toolResult.toolName };
    case 'toolExecutionStart':
      return { callId: event.toolExecutionStart.toolCallId, name: event.toolExecutionStart.toolName };
    case 'toolExecutionEnd':
      return { callId: event.toolExecutionEnd.toolCallId, name: event.toolExecutionEnd.toolName };
    default:
      return null;
  }
}
