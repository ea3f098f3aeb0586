/** From what a routine came to, to the answers of tools and commands. Pure. */
import type { SessionChange } from '../behaviour/action';
import type { Outcome } from '../behaviour/evaluate/outcome';
import type { CommandResponse, SessionControl, ToolResult } from '../../schema/generated/pi-api';

/** A tool that says nothing has still to say that to the model. */
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
