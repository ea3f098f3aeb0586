/** From an event of the contract to the facts that rules are held against. */
import type { JsonValue } from '../behaviour/action';
import { factsOf, type Facts } from '../behaviour/evaluate/facts';
import { callFacts } from '../guard/call-facts';
import type { FolderLook } from '../guard/folder-look';
import type { ContentBlock, PiEvent } from '../../schema/generated/pi-api';
import type { SessionState } from './session-state';

/** A value that came as JSON text; text that is none stands for itself. */
export function jsonOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

export const textOf = (content: readonly ContentBlock[]): string =>
  content.flatMap((block) => (block.which === 'text' ? [block.text] : [])).join('\n');

type Known = Partial<Facts> & Pick<Facts, 'event'>;

function known(event: PiEvent, session: SessionState, look: FolderLook): Known | null {
  switch (event.which) {
    case 'toolCall': {
      const { toolCallId, toolName: tool, inputJson } = event.toolCall;
      const input = jsonOf(inputJson);
      return {
        event: 'tool-call',
        fields: { tool, 'call.id': toolCallId, input },
        ...callFacts({ tool, input, cwd: session.cwd }, look),
      };
    }
    case 'toolResult': {
      const { toolCallId, toolName: tool, inputJson, content, isError } = event.toolResult;
      return {
        event: 'tool-result',
        fields: {
          tool,
          'call.id': toolCallId,
          input: jsonOf(inputJson),
          output: textOf(content),
          'is-error': isError,
        },
      };
    }
    case 'sessionStart':
      return { event: 'session-start', fields: { reason: event.sessionStart.reason } };
    case 'beforeAgentStart':
      return { event: 'before-agent-start', fields: { prompt: event.beforeAgentStart.prompt } };
    case 'agentSettled':
      return { event: 'agent-settled', fields: { aborted: event.agentSettled.aborted } };
    default:
      return null;
  }
}

/** `null` for an event that no rule can name. */
export function eventFacts(event: PiEvent, session: SessionState, look: FolderLook): Facts | null {
  const facts = known(event, session, look);
  if (facts === null) return null;
  const { id, harness, places, counts } = session;
  return factsOf({ harness, session: { id, name: '' }, places, counts, ...facts });
}
