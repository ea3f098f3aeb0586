/** The answering side of a contract over any transport. */
import { z } from 'zod';
import { RpcError, toWireError } from './errors';
import type { ReplayCache } from './replay-cache';
import { requestEnvelope, type Contract, type Handlers, type OutgoingEvent, type RequestEnvelope } from './rpc';
import type { Disposable, Transport } from './transport';

export interface ServeOptions {
  /** Called once for each unexpected error, before it becomes `INTERNAL_ERROR` */
  readonly onUnexpected?: (error: unknown, type: string) => void;
  /** Called for each `RpcError` that is sent as an answer; its details are for a log */
  readonly onRefused?: (error: RpcError, type: string) => void;
  /** Shared by a server's connections, so that a retry after a reconnect isn't executed twice */
  readonly replay?: Pick<ReplayCache, 'once'>;
  readonly now?: () => number;
}

export interface Served<C extends Contract> extends Disposable {
  emit(event: OutgoingEvent<C>): void;
  /** The `seq` of the last event, -1 before the first */
  readonly lastSeq: number;
  onClose(listener: (reason: string) => void): Disposable;
}

const unsupported = "This version of Piwork can't do this. Restart Piwork, so that all its parts are of one version.";

/** Serves a contract on one transport. A message that isn't a request closes it; a bad payload gets an error. */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  transport: Transport,
  { onUnexpected = () => undefined, onRefused = () => undefined, replay, now = Date.now }: ServeOptions = {},
): Served<C> {
  const abort = new AbortController();
  let seq = 0;

  const run = async ({ type, payload }: RequestEnvelope): Promise<unknown> => {
    const method = Object.hasOwn(contract.methods, type) ? contract.methods[type] : undefined;
    if (!method) throw new RpcError('NOT_SUPPORTED', unsupported, { details: { method: type } });
    const params = method.params.safeParse(payload);
    if (!params.success) {
      const message = `The request isn't valid: ${z.prettifyError(params.error)}`;
      throw new RpcError('INVALID_REQUEST', message, { details: { method: type } });
    }
    const handler = handlers[type as keyof Handlers<C>] as (params: unknown, signal: AbortSignal) => Promise<unknown>;
    return handler(params.data, abort.signal);
  };

  const answer = async (request: RequestEnvelope): Promise<void> => {
    try {
      const result = await (replay
        ? replay.once(request.id, JSON.stringify([request.type, request.payload]), () => run(request))
        : run(request));
      transport.send({ id: request.id, ok: true, result: result ?? {} });
    } catch (error) {
      if (error instanceof RpcError) onRefused(error, request.type);
      else onUnexpected(error, request.type);
      transport.send({ id: request.id, ok: false, error: toWireError(error) });
    }
  };

  transport.onMessage((message) => {
    const request = requestEnvelope.safeParse(message);
    if (request.success) void answer(request.data);
    else transport.close('a message was not a request');
  });
  transport.onClose(() => abort.abort());

  return {
    emit: (event) => {
      try {
        transport.send({ type: 'event', ...event, seq: seq++, timestamp: now() });
      } catch (error) {
        // A gap that nobody notices would be worse: after a close the other side asks for everything again.
        onUnexpected(error, event.event);
        transport.close('an event could not be sent');
      }
    },
    get lastSeq() {
      return seq - 1;
    },
    onClose: (listener) => transport.onClose(listener),
    dispose: () => transport.close('closed by this side'),
  };
}
