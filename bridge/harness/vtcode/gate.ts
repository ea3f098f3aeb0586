/** Asks the bridge about a VTCode tool call, part by part, and returns one verdict. */
import { jsonOf } from '../../events/event-fields';
import type { HarnessSession } from '../harness-session';
import { gatedCalls } from './calls';
import type { JsonObject } from './gated-call';

export type Verdict =
  | { readonly kind: 'allow' }
  | { readonly kind: 'change'; readonly input: JsonObject }
  | { readonly kind: 'deny'; readonly reason: string; readonly endsRun: boolean };

export interface AskedCall {
  readonly callId: string;
  readonly tool: string;
  readonly input: JsonObject;
  readonly signal?: AbortSignal;
}

const deny = (reason: string, endsRun = false): Verdict => ({ kind: 'deny', reason, endsRun });

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Never rejects: a bridge that doesn't answer means no. The first denied part denies the call. */
export async function gate(
  session: HarnessSession,
  { callId, tool, input, signal }: AskedCall,
  canChange: boolean,
): Promise<Verdict> {
  let verdict: Verdict = { kind: 'allow' };
  const calls = gatedCalls(tool, input);
  for (const call of calls) {
    const toolCall = { toolCallId: callId, toolName: call.tool, inputJson: JSON.stringify(call.input) };
    const answer = await session.ask({ which: 'toolCall', toolCall }, signal);
    if (answer.which === 'blockTool') return deny(answer.blockTool.reason, answer.blockTool.terminate);
    if (answer.which === 'error') return deny(`The guard didn't answer, so this was not done: ${answer.error.message}`);
    if (answer.which !== 'patchToolInput') continue;
    const changed: unknown = jsonOf(answer.patchToolInput.inputJson);
    // The rule's change may be what makes the call harmless, so it must not run unchanged.
    if (!canChange || !call.back || calls.length > 1) {
      return deny(`A rule changes the arguments of ${call.tool}, which isn't possible here, so it was not run.`);
    }
    if (!isObject(changed))
      return deny(`A rule changed the arguments of ${call.tool} into something that isn't an object.`);
    verdict = { kind: 'change', input: call.back(changed) };
  }
  return verdict;
}
