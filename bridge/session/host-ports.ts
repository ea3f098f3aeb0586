/** Puts the questions and effects of plans to the harness, as calls of the contract. */
import type { Answer, PlannedEffect, Request } from '../behaviour/evaluate/request';
import type { Act as PlannedAct, ActKind as PlannedKind } from '../behaviour/vocabulary/acts';
import { toContractError } from '../../schema/capnp/contract-error';
import type { Act, ActKind, PiHost, UiAction } from '../../schema/generated/pi-api';

export interface AskedFor {
  /** The tool call that waits; empty for any other event */
  readonly callId: string;
  readonly signal?: AbortSignal | undefined;
}

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

/** What the host has no question for is left out. */
const actsOf = (acts: readonly PlannedAct[]): readonly Act[] =>
  acts.flatMap(({ kind, path, target, count }) => {
    const known = actKinds[kind];
    return known === undefined ? [] : [{ kind: known, path, target: target === '' ? undefined : target, count }];
  });

async function confirm(
  host: PiHost,
  action: UiAction,
  call: { deadlineMs: number; signal?: AbortSignal },
): Promise<Answer> {
  const reply = await host.uiAction(action, call);
  return reply.which === 'confirmed' ? { kind: 'confirm', isConfirmed: reply.confirmed } : noAnswer('cancelled');
}

/** Never rejects. A question that nobody answers in time counts as a no. */
export async function askHost(host: PiHost, request: Request, { callId, signal }: AskedFor): Promise<Answer> {
  const call = { deadlineMs: request.timeoutMs, ...(signal ? { signal } : {}) };
  try {
    switch (request.kind) {
      case 'confirm': {
        const { title, message } = request;
        return await confirm(host, { which: 'confirm', confirm: { title, message } }, call);
      }
      case 'ask-act': {
        const acts = actsOf(request.acts);
        if (acts.length === 0) return { kind: 'act', isAllowed: true, reason: '' };
        const { sentence, timeoutMs } = request;
        const { allowed, reason } = await host.askAct({ toolCallId: callId, sentence, acts, timeoutMs }, call);
        return { kind: 'act', isAllowed: allowed, reason };
      }
      default:
        return noAnswer('failed', `This harness cannot be asked by ${request.kind}.`);
    }
  } catch (error) {
    const { code, message } = toContractError(error);
    return noAnswer(code === 'deadlineExceeded' ? 'timed-out' : code === 'cancelled' ? 'cancelled' : 'failed', message);
  }
}

/** Nothing waits for it; what the harness cannot do is logged there. */
export function sendToHost(host: PiHost, effect: PlannedEffect): void {
  switch (effect.kind) {
    case 'notify': {
      const { message, level } = effect;
      void host.uiAction({ which: 'notify', notify: { message, level } });
      return;
    }
    case 'log':
      void host.log({ level: effect.level === 'debug' ? 'info' : effect.level, message: effect.message });
      return;
    default:
      void host.log({ level: 'warning', message: `This harness has no ${effect.kind}.` });
  }
}
