/** Converts the outcome of a routine to the answer of a tool or command. Pure. */
import type { SessionChange } from '../behaviour/action';
import type { Outcome } from '../behaviour/evaluate/outcome';
import type { CommandResponse, SessionControl, ToolResult } from '../../schema/generated/pi-api';

/** A tool without output still has to tell the model so. */
const silent = 'Done.';

export function toolResultOf({ reply }: Outcome): ToolResult {
  const { text, isError } = reply ?? { text: silent, isError: false };
  return { content: [{ which: 'text', text }], isError, terminate: false };
}

function controlOf(change: SessionChange): SessionControl {
  switch (change) {
    case 'new':
      return { which: 'newSession', newSession: {} };
    case 'reload':
      return { which: 'reload' };
  }
}

export const commandResponseOf = ({ sessionChange }: Outcome): CommandResponse =>
  sessionChange === null ? { which: 'done' } : { which: 'control', control: controlOf(sessionChange) };
