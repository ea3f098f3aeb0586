/** One hook from its standard input to its standard output, within its deadline: VTCode waits only for the process. */
import { ContractError, toContractError } from '../../../../schema/capnp/contract-error';
import { patientVisit, type Patience } from '../daemon/ensure-daemon';
import { answerHook, type AskedPayload } from './answer-hook';
import { denied, onlySaysWhy, permitted, printed, type HookOutput } from './hook-output';
import { hookPayload } from './payload';

/** VTCode starts our MCP server, which starts the daemon; the first hooks may come before that. */
const startUp: Patience = { forMs: 3000, everyMs: 50 };

export interface HookRun {
  /** What VTCode wrote */
  readonly text: string;
  readonly socket: string;
  /** When to answer without the bridge; less than VTCode's own time-out */
  readonly deadlineMs: number;
  readonly patience?: Patience;
}

/** Without an answer, denies a tool call. Everything else continues, with a message to the person. */
function failed(isGate: boolean, error: unknown): HookOutput {
  const why = `The extension didn't answer: ${toContractError(error).message}`;
  return isGate ? denied(why) : { systemMessage: why };
}

async function visited(payload: AskedPayload, socket: string, patience: Patience): Promise<string> {
  const whose = { sessionId: payload.session_id, cwd: payload.cwd };
  const { session, shown, leave } = await patientVisit(socket, whose, ['notify'], patience);
  try {
    return printed(await answerHook(session, payload), shown);
  } finally {
    leave();
  }
}

/** What to print. Never rejects. */
export async function runHook({ text, socket, deadlineMs, patience = startUp }: HookRun): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new ContractError('deadlineExceeded', `nothing came within ${deadlineMs / 1000} s.`);
    timer = setTimeout(() => reject(error), deadlineMs);
  });
  try {
    const payload = hookPayload.parse(JSON.parse(text));
    // Leaves permissions to the person, except for a command that represents a denial.
    if (payload.hook_event_name === 'PermissionRequest') {
      return printed(onlySaysWhy(payload.tool_input['cmd']) ? permitted : {});
    }
    return await Promise.race([visited(payload, socket, patience), late]);
  } catch (error) {
    return printed(failed(text.includes('"PreToolUse"'), error));
  } finally {
    clearTimeout(timer);
  }
}
