/** Requests to a model's provider and its responses: large or frequent, for extensions that need them. */
import { ContractError } from '../../../schema/capnp/contract-error';
import type { CacheWarmingDecision, ContextMessages, Message, PiEventResponse } from '../../../schema/generated/pi-api';
import { changeHeaders, toHeaders } from '../headers';
import { fromJson, objectFromJson, toJson } from '../json';
import { arm, type Arm, type Arms } from './arm';

export interface PiMessage {
  readonly role: string;
}

export const toMessage = (message: PiMessage): Message => ({ role: message.role, json: toJson(message) });

/** @throws ContractError `invalidInput` when it isn't one of pi's messages */
export function fromMessage({ json }: Message): Record<string, unknown> {
  const message = objectFromJson(json, 'A message');
  if (typeof message.role === 'string') return message;
  throw new ContractError('invalidInput', 'A message has no role.');
}

const messages = (response: PiEventResponse): object | undefined =>
  response.which === 'contextMessages' ? { messages: response.contextMessages.messages.map(fromMessage) } : undefined;

const toContext = (all: readonly PiMessage[]): ContextMessages => ({ messages: all.map(toMessage) });

interface Context {
  readonly messages: readonly PiMessage[];
}

export const providerArms: Arms = {
  context: arm<Context>({
    project: (event) => ({ which: 'context', context: toContext(event.messages) }),
    apply: messages,
  }),
  context_with_system: arm<Context>({
    project: (event) => ({ which: 'contextWithSystem', contextWithSystem: toContext(event.messages) }),
    apply: messages,
  }),
  cache_warming_decision: arm<CacheWarmingDecision>({
    project: ({ warmCost, missCost, continuationProbability, action }) => ({
      which: 'cacheWarmingDecision',
      cacheWarmingDecision: { warmCost, missCost, continuationProbability, action },
    }),
    apply: (response) => (response.which === 'cacheWarming' ? response.cacheWarming : undefined),
  }),
  before_provider_request: arm<{ readonly payload: unknown }>({
    project: ({ payload }) => ({
      which: 'beforeProviderRequest',
      beforeProviderRequest: { payloadJson: toJson(payload) },
    }),
    apply: (response) =>
      response.which === 'providerRequest' ? fromJson(response.providerRequest.payloadJson, 'The request') : undefined,
  }),
  before_provider_headers: arm<{ readonly headers: Record<string, string | null> }>({
    project: ({ headers }) => ({
      which: 'beforeProviderHeaders',
      beforeProviderHeaders: { headers: toHeaders(headers) },
    }),
    apply: (response, { headers }) => {
      if (response.which === 'headers') changeHeaders(headers, response.headers.headers);
      return undefined;
    },
  }),
  after_provider_response: arm<{ readonly status: number; readonly headers: Readonly<Record<string, string>> }>({
    project: ({ status, headers }) => ({
      which: 'afterProviderResponse',
      afterProviderResponse: { status, headers: toHeaders(headers) },
    }),
  }),
  provider_stream_event: streamEvent(),
};

function streamEvent(): Arm {
  return arm<{ readonly provider: string; readonly api: string; readonly model: string; readonly data: unknown }>({
    project: ({ provider, api, model, data }) => ({
      which: 'providerStreamEvent',
      providerStreamEvent: { provider, api, model, dataJson: toJson(data) },
    }),
  });
}
