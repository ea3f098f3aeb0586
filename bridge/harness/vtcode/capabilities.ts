/** What VTCode 0.169.2 can do for an extension, for each way of reaching it. `docs/harnesses.md` has the reasons. */
import type { Carrier } from '../carrier';

/** The version that all of this was tested with. */
export const triedVersion = '0.169.2';

const told = ['session_start', 'session_shutdown', 'input', 'before_agent_start', 'agent_start', 'agent_end'];
const ofTools = ['tool_call', 'tool_result', 'tool_execution_end'];

/** Under our supervisor. The caller adds what the supervisor's own page can show. */
export const acpCarrier: Carrier = {
  harness: 'vtcode-acp',
  capabilities: ['blockTool', 'terminate', 'transformInput', 'addContext', 'continueRun', 'messages', 'abort'],
  events: [...told, ...ofTools, 'tool_execution_start', 'message_end', 'agent_before_settle', 'agent_settled'],
};

/** For a person in VTCode's own terminal. */
export const tuiCarrier: Carrier = {
  harness: 'vtcode-tui',
  capabilities: [
    'notify',
    'status',
    'blockTool',
    'blockReason',
    'patchToolInput',
    'addContext',
    'continueRun',
    'tools',
  ],
  events: [...told, ...ofTools, 'session_before_compact', 'agent_before_settle', 'agent_settled'],
};
