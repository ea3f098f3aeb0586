/** The calling side of a contract over any transport. */
import { z } from 'zod';
import { clientOver } from './contract-client';
import { fromWireError, RpcError } from './errors';
import {
  eventEnvelope,
  responseEnvelope,
  type CallOptions,
  type Client,
  type Contract,
  type ContractEvent,
  type EventName,
} from './rpc';
import { Listeners, type Disposable, type Transport } from './transport';

interface Pending {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: RpcError): void;
}

export interface Connection<C extends Contract> extends Disposable {
  readonly client: Client<C>;
  /** Events in the order in which they were sent. Unknown ones are ignored. */
  readonly onEvent: (listener: (event: ContractEvent<C>) => void) => Disposable;
  readonly onClose: (listener: (reason: string) => void) => Disposable;
}

export interface ConnectOptions {
  /** Deadline of a call that sets none, in `ms`; `null` for none */
  readonly timeoutMs?: number | null;
  /** Doesn't parse results and events: only for another side from the same build */
  readonly isPeerTrusted?: boolean;
  /** Prefix of each request id; two clients on one wire need different ones */
  readonly idPrefix?: string;
  /** Called for each message that is dropped because its shape is unknown */
  readonly onMalformed?: (what: string) => void;
}

const disconnected = (method: string, reason: string): RpcError =>
  new RpcError('DISCONNECTED', 'The connection was lost. Try again.', { details: { method, reason } });

/** What a call is rejected with that gets no answer. */
export const noAnswer = (details: unknown): RpcError =>
  new RpcError('DEADLINE_EXCEEDED', 'There was no answer in time. Try again.', { details });

/** A running number makes ids unique within the process, so that a reconnect never repeats one. */
let lastId = 0;

/**
 * Connects to a served contract. Every call settles: by its answer, its deadline, its signal or the close. A message of
 * unknown shape is dropped. The connection is closed only for bad framing, by the transport.
 */
export function connect<C extends Contract>(
  contract: C,
  transport: Transport,
  { timeoutMs = 30_000, isPeerTrusted = false, idPrefix = 'c', onMalformed = () => undefined }: ConnectOptions = {},
): Connection<C> {
  const pending = new Map<string, Pending>();
  const events = new Listeners<ContractEvent<C>>();
  let closedBecause: string | null = null;

  const unreadable = (method: string, problem: unknown): RpcError =>
    new RpcError('PROTOCOL_MISMATCH', "Piwork can't read an answer it got. Restart Piwork.", {
      details: { method, problem },
    });

  /** Fails the call that it answers, if that can be identified. */
  const refuseAnswer = (message: unknown, problem: unknown): void => {
    onMalformed('an answer');
    const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : undefined;
    const call = typeof id === 'string' ? pending.get(id) : undefined;
    call?.reject(unreadable(call.method, problem));
  };

  const settle = (message: unknown): void => {
    const response = responseEnvelope.safeParse(message);
    if (!response.success) return refuseAnswer(message, z.prettifyError(response.error));
    const call = pending.get(response.data.id);
    if (!call) return;
    pending.delete(response.data.id);
    if (!response.data.ok) return call.reject(fromWireError(response.data.error));
    if (isPeerTrusted) return call.resolve(response.data.result);
    const result = contract.methods[call.method]?.result.safeParse(response.data.result);
    if (result?.success) return call.resolve(result.data);
    call.reject(unreadable(call.method, result && z.prettifyError(result.error)));
  };

  const publish = (message: unknown): void => {
    const envelope = eventEnvelope.safeParse(message);
    if (!envelope.success) return onMalformed('an event');
    const name = envelope.data.event as EventName<C>;
    const schema = Object.hasOwn(contract.events, name) ? contract.events[name] : undefined;
    if (!schema) return;
    const payload = isPeerTrusted
      ? { success: true, data: envelope.data.payload }
      : schema.safeParse(envelope.data.payload);
    // Only this message is dropped: its value may come from a model, and must not end a run.
    if (!payload.success) return onMalformed(envelope.data.event);
    events.emit({ ...envelope.data, payload: payload.data } as ContractEvent<C>);
  };

  transport.onMessage((message) => {
    const isEvent = typeof message === 'object' && message !== null && 'type' in message && message.type === 'event';
    if (isEvent) publish(message);
    else settle(message);
  });
  transport.onClose((reason) => {
    closedBecause = reason;
    for (const call of pending.values()) call.reject(disconnected(call.method, reason));
    pending.clear();
  });

  const call = (name: string, payload: unknown, options: CallOptions = {}): Promise<unknown> => {
    if (closedBecause !== null) return Promise.reject(disconnected(name, closedBecause));
    const id = `${idPrefix}${++lastId}`;
    const deadlineMs = options.timeoutMs === undefined ? timeoutMs : options.timeoutMs;
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', cancel);
        pending.delete(id);
      };
      const fail = (error: RpcError): void => {
        finish();
        reject(error);
      };
      const cancel = (): void => fail(new RpcError('CANCELLED', 'This was cancelled.', { details: { method: name } }));
      const giveUp = (): void => fail(noAnswer({ method: name, deadlineMs }));
      const timer = deadlineMs === null ? undefined : setTimeout(giveUp, deadlineMs);
      pending.set(id, {
        method: name,
        resolve: (result) => {
          finish();
          resolve(result);
        },
        reject: fail,
      });
      if (options.signal?.aborted) return cancel();
      options.signal?.addEventListener('abort', cancel);
      try {
        transport.send({ id, type: name, payload });
      } catch (error) {
        fail(error instanceof RpcError ? error : new RpcError('INTERNAL_ERROR', String(error), { cause: error }));
      }
    });
  };

  return {
    client: clientOver(contract, call),
    onEvent: (listener) => events.add(listener),
    onClose: (listener) => transport.onClose(listener),
    dispose: () => transport.close('closed by this side'),
  };
}
