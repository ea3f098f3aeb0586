/** A run's tools: asks about each before it may run, and sends events while and after it runs. */
import type { HarnessSession } from '../../harness-session';
import { toldCall } from '../calls';
import { gate } from '../gate';
import { permissionRequest, type ToolUpdate, type ShownCall } from './messages';
import type { Denial } from './prompt-text';
import { toolAnswer, knownCall, type KnownCall } from './shown-call';

export interface ToolWatchPorts {
  readonly session: HarnessSession;
  log(message: string): void;
  /** A call was denied; the model reads it with the next prompt */
  onDenied(denial: Denial): void;
  /** A rule ends the run */
  onEnded(): void;
}

interface Call extends KnownCall {
  /** Our answer to the permission request; `null` before it */
  readonly isAllowed: boolean | null;
}

type PermissionOutcome =
  { readonly outcome: 'cancelled' } | { readonly outcome: 'selected'; readonly optionId: string };

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

function whatOf({ tool, input }: KnownCall): string {
  const { cmd, command, path } = input;
  const said = [cmd, command, path].find((value) => typeof value === 'string');
  return shortened(typeof said === 'string' ? said : `${tool} ${JSON.stringify(input)}`);
}

export class ToolWatch {
  readonly #calls = new Map<string, Call>();

  constructor(private readonly ports: ToolWatchPorts) {}

  /** Answers a permission request, only ever for this one call. */
  async permit(params: unknown, signal: AbortSignal): Promise<{ readonly outcome: PermissionOutcome }> {
    const { toolCall, options } = permissionRequest.parse(params);
    const call = knownCall(toolCall);
    const { toolCallId: callId } = toolCall;
    this.#calls.set(callId, { ...call, isAllowed: null });
    const verdict = await gate(this.ports.session, { callId, ...call, signal }, false);
    const isAllowed = verdict.kind === 'allow';
    this.#calls.set(callId, { ...call, isAllowed });
    if (verdict.kind === 'deny') {
      this.ports.onDenied({ what: whatOf(call), reason: verdict.reason });
      if (verdict.endsRun) this.ports.onEnded();
    }
    if (signal.aborted) return { outcome: { outcome: 'cancelled' } };
    const kind = isAllowed ? 'allow_once' : 'reject_once';
    const option = options.find((one) => one.kind === kind);
    return { outcome: option ? { outcome: 'selected', optionId: option.optionId } : { outcome: 'cancelled' } };
  }

  /** The call as it was announced, before its permission request. */
  announce(call: ShownCall): void {
    if (!this.#calls.has(call.toolCallId)) this.#calls.set(call.toolCallId, { ...knownCall(call), isAllowed: null });
  }

  update(update: ToolUpdate): void {
    const call = this.#calls.get(update.toolCallId);
    if (!call) return;
    if (update.status === 'in_progress') this.#started(update.toolCallId, call);
    if (update.status === 'completed' || update.status === 'failed') this.#ended(update, call);
  }

  #started(toolCallId: string, { tool, input, isAllowed }: Call): void {
    if (isAllowed !== true) this.ports.log(`VTCode runs ${tool} without asking first: ${JSON.stringify(input)}`);
    const told = toldCall(tool, input);
    const toolExecutionStart = { toolCallId, toolName: told.tool, argsJson: JSON.stringify(told.input) };
    this.ports.session.tell({ which: 'toolExecutionStart', toolExecutionStart });
  }

  #ended(update: ToolUpdate, { tool, input, isAllowed }: Call): void {
    const { toolCallId } = update;
    this.#calls.delete(toolCallId);
    // pi sends no result of a blocked call.
    if (isAllowed === false) return;
    const { text, isError } = toolAnswer(update);
    const content = [{ which: 'text' as const, text }];
    const told = toldCall(tool, input);
    const ids = { toolCallId, toolName: told.tool };
    const resultJson = JSON.stringify({ content: [{ type: 'text', text }] });
    this.ports.session.tell({ which: 'toolExecutionEnd', toolExecutionEnd: { ...ids, resultJson, isError } });
    const toolResult = { ...ids, inputJson: JSON.stringify(told.input), content, isError };
    void this.ports.session.ask({ which: 'toolResult', toolResult }).then(({ which }) => {
      if (which === 'patchToolResult') this.ports.log(`unimplemented: vtcode-acp can't change the result of ${tool}.`);
    });
  }
}
