/** Runs the tools, commands and shortcuts of behaviours when they are called. */
import type { CompiledBehaviour } from '../behaviour/compile';
import { planRoutine } from '../behaviour/evaluate/decide';
import { factsOf, type Facts } from '../behaviour/evaluate/facts';
import type { Outcome } from '../behaviour/evaluate/outcome';
import type { Routine } from '../behaviour/table';
import { ContractError } from '../../schema/capnp/contract-error';
import type { PiHost } from '../../schema/generated/pi-api';
import type { Actor } from '../actors/actor';
import { commonFacts } from './event-facts';
import { sendToHost } from './host-effects';
import { askHost } from './host-ports';
import { runPlan } from './run-plan';
import type { SessionState } from './session-state';

export interface RoutineCall {
  readonly kind: 'tools' | 'commands' | 'shortcuts';
  readonly name: string;
  readonly callId: string;
  readonly fields: Facts['fields'];
  readonly signal: AbortSignal;
}

export interface RoutineActorOptions {
  readonly behaviours: readonly CompiledBehaviour[];
  readonly host: PiHost;
  readonly session: () => SessionState;
}

const kindWords = { tools: 'tool', commands: 'command', shortcuts: 'shortcut' } as const;

/**
 * Answers each call with the promise of its outcome, so that a long one doesn't delay the others.
 *
 * Fails with `notFound` for something that no behaviour offers.
 */
export class RoutineActor implements Actor<RoutineCall, { readonly outcome: Promise<Outcome> }> {
  constructor(private readonly options: RoutineActorOptions) {}

  handle(call: RoutineCall): { readonly outcome: Promise<Outcome> } {
    const routine = this.#find(call);
    const outcome = routine
      ? this.#run(routine, call)
      : Promise.reject(new ContractError('notFound', `This extension has no ${kindWords[call.kind]} ${call.name}.`));
    // The caller handles the rejection later.
    outcome.catch(() => undefined);
    return { outcome };
  }

  #find({ kind, name }: RoutineCall): Routine | undefined {
    return this.options.behaviours.flatMap(({ table }) => table[kind]).find((routine) => routine.name === name);
  }

  async #run(routine: Routine, { kind, callId, fields, signal }: RoutineCall): Promise<Outcome> {
    const { host, session } = this.options;
    const facts = factsOf({ ...commonFacts(session()), event: 'tool-call', fields });
    const plan = planRoutine(routine, kind === 'tools' ? 'tool' : 'call', facts);
    const { outcome } = await runPlan(
      plan,
      {
        ask: (request) => askHost(host, request, { callId, signal }),
        send: (effect) => sendToHost(host, effect, callId),
      },
      signal,
    );
    return outcome;
  }
}
