/** Decides events by the rules of the behaviours, one after the other: the first one that says no is final. */
import type { Actor } from '../actors/actor';
import type { CompiledBehaviour } from '../behaviour/compile';
import { countEvent, countOutcome } from '../behaviour/evaluate/count-event';
import { decide } from '../behaviour/evaluate/decide';
import type { Facts } from '../behaviour/evaluate/facts';
import type { Answer } from '../behaviour/evaluate/request';
import type { FolderLook } from '../guard/folder-look';
import type { PiEvent, PiEventResponse, PiHost } from '../../schema/generated/pi-api';
import { eventFacts, listingOf } from './event-facts';
import { isFinal, mergedResponse, patchedEvent, responseOf } from './event-response';
import { sendToHost } from './host-effects';
import { askHost } from './host-ports';
import type { JournalEntry } from './journal';
import { runPlan } from './run-plan';
import { afterPrompt, withActs, type SessionState } from './session-state';

export interface RuleActorOptions {
  readonly behaviours: readonly CompiledBehaviour[];
  readonly host: PiHost;
  readonly look: FolderLook;
  readonly session: () => SessionState;
  readonly change: (change: (state: SessionState) => SessionState) => void;
  /** Not waited for */
  readonly keep: (entry: JournalEntry) => void;
}

export interface AskedEvent {
  readonly event: PiEvent;
  /** Fires when the harness no longer waits */
  readonly signal?: AbortSignal | undefined;
}

function isYes(answer: Answer): boolean {
  switch (answer.kind) {
    case 'act':
      return answer.isAllowed;
    case 'confirm':
      return answer.isConfirmed;
    case 'shell':
      return answer.code === 0;
    case 'tool':
      return !answer.isError;
    case 'none':
      return false;
    default:
      return true;
  }
}

function callIdOf(event: PiEvent): string {
  if (event.which === 'toolCall') return event.toolCall.toolCallId;
  return event.which === 'toolResult' ? event.toolResult.toolCallId : '';
}

export class RuleActor implements Actor<AskedEvent, PiEventResponse> {
  constructor(private readonly options: RuleActorOptions) {}

  async handle({ event, signal }: AskedEvent): Promise<PiEventResponse> {
    const { behaviours, session, look, change } = this.options;
    let current = event;
    let response: PiEventResponse = { which: 'none' };
    // Each call is parsed, and looked up in the folder, once for all behaviours.
    let facts = eventFacts(event, session(), look);
    if (facts === null) return response;
    const counts = countEvent(session().counts, facts);
    change((state) => ({ ...state, counts }));
    for (const { table } of behaviours) {
      const next = await this.#decide(table, { ...facts, counts: session().counts }, { event: current, signal });
      response = mergedResponse(response, next);
      if (isFinal(next)) return next;
      // The next behaviour sees what this one has changed.
      const patched = patchedEvent(current, next);
      if (patched !== current) facts = eventFacts(patched, session(), look) ?? facts;
      current = patched;
    }
    this.#remember(current, facts);
    return response;
  }

  /** What was allowed; a turn's ledger is stored when the turn is over. */
  #remember(event: PiEvent, { acts }: Facts): void {
    const { session, look, change, keep } = this.options;
    if (event.which === 'toolCall') {
      change((state) => withActs(state, acts));
    } else if (event.which === 'beforeAgentStart') {
      const listing = listingOf(session(), look);
      change((state) => afterPrompt(state, listing));
    } else if (event.which === 'agentSettled' && session().ledger.length > 0) {
      const { ledger } = session();
      keep({ at: Date.now(), seq: event.header.seq, event: 'ledger', rules: [], verdict: 'none', files: ledger });
    }
  }

  async #decide(
    table: CompiledBehaviour['table'],
    facts: Facts,
    { event, signal }: AskedEvent,
  ): Promise<PiEventResponse> {
    const { host, change, keep } = this.options;
    const { fired, plan } = decide(table, facts);
    if (fired.length === 0) return { which: 'none' };
    const callId = callIdOf(event);
    const { outcome, asked } = await runPlan(
      plan,
      {
        ask: (request) => askHost(host, request, { callId, signal }),
        send: (effect) => sendToHost(host, effect, callId),
      },
      signal,
    );
    const answers = asked.map(({ request, answer }) => ({ kind: request.kind, isYes: isYes(answer) }));
    change((state) => ({ ...state, counts: countOutcome(state.counts, outcome, answers) }));
    keep({
      at: Date.now(),
      seq: event.header.seq,
      event: facts.event,
      ...(callId === '' ? {} : { callId }),
      rules: fired.map(({ rule }) => rule),
      verdict: outcome.verdict,
      ...(outcome.reason === '' ? {} : { reason: outcome.reason }),
      ...(answers.length === 0 ? {} : { asked: answers }),
    });
    return responseOf(event, outcome);
  }
}
