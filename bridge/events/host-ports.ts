/** Asks the harness the questions of plans, as calls of the contract. */
import type { Answer, Request } from '../behaviour/evaluate/request';
import type { Act as PlannedAct, ActKind as PlannedKind } from '../behaviour/vocabulary/acts';
import { toContractError } from '../../schema/capnp/contract-error';
import type { CallOptions } from '../../schema/capnp/call-options';
import type { Act, ActKind, PiHost, UiAction, UiReply } from '../../schema/generated/pi-api';
import { contentText } from './event-fields';

export interface AskedFor {
  /** The tool call, or our own tool or command, that waits; empty for any other event */
  readonly callId: string;
  readonly signal?: AbortSignal | undefined;
}

/** Maximum text of a shell or a tool that a rule gets */
const outputCapBytes = 65_536;

const noAnswer = (why: Extract<Answer, { kind: 'none' }>['why'], reason = ''): Answer => ({
  kind: 'none',
  why,
  reason,
});

const actKinds: Partial<Readonly<Record<PlannedKind, ActKind>>> = {
  delete: 'delete',
  move: 'move',
  rename: 'rename',
  overwrite: 'overwrite',
  change: 'overwrite',
  network: 'network',
  privileged: 'privileged',
  'long-running': 'longRunning',
};

/** Leaves out acts that the host has no question for. */
const actsOf = (acts: readonly PlannedAct[]): readonly Act[] =>
  acts.flatMap(({ kind, path, target, count }) => {
    const known = actKinds[kind];
    return known === undefined ? [] : [{ kind: known, path, target: target === '' ? undefined : target, count }];
  });

type Dialog = Extract<Request, { kind: 'confirm' | 'select' | 'input' | 'editor' }>;

function uiAction(request: Dialog): UiAction {
  const { timeoutMs } = request;
  switch (request.kind) {
    case 'confirm':
      return { timeoutMs, which: 'confirm', confirm: { title: request.title, message: request.message } };
    case 'select':
      return { timeoutMs, which: 'select', select: { title: request.title, options: request.options } };
    case 'input':
      return { timeoutMs, which: 'input', input: { title: request.title, placeholder: request.placeholder } };
    case 'editor':
      return { timeoutMs, which: 'editor', editor: { title: request.title, prefill: request.prefill } };
  }
}

function answerOf(reply: UiReply): Answer {
  switch (reply.which) {
    case 'confirmed':
      return { kind: 'confirm', isConfirmed: reply.confirmed };
    case 'value':
      return { kind: 'text', text: reply.value };
    case 'failed':
      return noAnswer('failed', reply.failed);
    default:
      return noAnswer('cancelled');
  }
}

async function put(host: PiHost, request: Request, callId: string, call: CallOptions): Promise<Answer> {
  const { timeoutMs } = request;
  switch (request.kind) {
    case 'confirm':
    case 'select':
    case 'input':
    case 'editor':
      return answerOf(await host.uiAction({ ...uiAction(request), ...(callId === '' ? {} : { callId }) }, call));
    case 'ask-act': {
      const acts = actsOf(request.acts);
      if (acts.length === 0) return { kind: 'act', isAllowed: true, reason: '' };
      const question = { toolCallId: callId, sentence: request.sentence, acts, timeoutMs };
      const { allowed, reason } = await host.askAct(question, call);
      return { kind: 'act', isAllowed: allowed, reason };
    }
    case 'shell': {
      const shell = { command: request.command, timeoutMs, maximumOutputBytes: outputCapBytes };
      const { stdout, stderr, exitCode, killed } = await host.execShell(shell, call);
      if (killed) return noAnswer('timed-out', 'A command of the rule took too long.');
      return { kind: 'shell', code: exitCode ?? -1, output: `${stdout}${stderr}`.trimEnd() };
    }
    case 'run-tool': {
      const tool = { callId, toolName: request.tool, inputJson: JSON.stringify(request.input) };
      const { content, isError } = await host.runTool(tool, call);
      return { kind: 'tool', isError, output: contentText(content).slice(0, outputCapBytes) };
    }
  }
}

/** Never rejects. A question that nobody answers in time counts as no. */
export async function askHost(host: PiHost, request: Request, { callId, signal }: AskedFor): Promise<Answer> {
  try {
    return await put(host, request, callId, { deadlineMs: request.timeoutMs, signal });
  } catch (error) {
    const { code, message } = toContractError(error);
    if (code === 'deadlineExceeded') return noAnswer('timed-out');
    return code === 'cancelled' ? noAnswer('cancelled') : noAnswer('failed', message);
  }
}
