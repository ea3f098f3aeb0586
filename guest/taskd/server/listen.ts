/**
 * The taskd port. It serves one authenticated host at a time; it refuses a second one and keeps the first. It
 * immediately closes a connection that doesn't begin with `hello`, or sends anything that isn't a request.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { RpcError } from '../../../schema/errors';
import { maxFrameBytes } from '../../../schema/jsonl';
import { ReplayCache } from '../../../schema/replay-cache';
import { requestEnvelope, responseEnvelope, type OutgoingEvent } from '../../../schema/rpc';
import { serve, type Served } from '../../../schema/rpc-server';
import { taskdApi, taskdPort, type TaskdApi } from '../../../schema/taskd-api';
import { jsonlTransport } from '../../../schema/transports/jsonl-stream';
import type { Transport } from '../../../schema/transport';
import type { TaskRegistry } from '../tasks/registry';
import type { TaskServices } from '../tasks/services';
import { Authentication } from './authenticate';
import { createHandlers } from './handlers';
import { SentEvents } from './sent-events';

/** A connection that isn't authenticated yet doesn't need long lines. */
const openingFrameBytes = 4_096;
const opening: ReadonlyArray<string> = ['hello', 'hello_proof'];

export interface TaskdServer {
  readonly port: number;
  /** Drops an event that the host wouldn't accept */
  emit(event: OutgoingEvent<TaskdApi>): void;
  /** Ends every connection; resolves when the port is free */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly key: Buffer;
  readonly build: string;
  readonly tasks: TaskRegistry;
  readonly services: TaskServices;
  readonly log: (line: string) => void;
  readonly port?: number;
  /** Milliseconds until a connection must have authenticated */
  readonly helloDeadlineMs?: number;
}

/**
 * Lets only `hello` and `hello_proof` through, in that order, and then everything. Closes the connection after a
 * refusal before that.
 */
function guarded(transport: Transport, authentication: Authentication): Transport {
  let step = 0;
  return {
    ...transport,
    send: (message) => {
      transport.send(message);
      const response = responseEnvelope.safeParse(message);
      if (authentication.isProven || !response.success || response.data.ok) return;
      // Send the answer first, then close.
      setImmediate(() => transport.close('not authenticated'));
    },
    onMessage: (listener) =>
      transport.onMessage((message) => {
        const request = requestEnvelope.safeParse(message);
        if (!authentication.isProven && (!request.success || request.data.type !== opening[step++])) {
          return transport.close('not authenticated');
        }
        listener(message);
      }),
  };
}

/** Resolves when the port is open. */
export async function listenForHost({
  key,
  build,
  tasks,
  services,
  log,
  port = taskdPort,
  helloDeadlineMs = 60_000,
}: ListenOptions): Promise<TaskdServer> {
  let host: Served<TaskdApi> | null = null;
  const open = new Set<Served<TaskdApi>>();
  const sent = new SentEvents(log);
  const replay = new ReplayCache();

  const accept = (socket: Socket): void => {
    socket.setNoDelay(true);
    const authentication = new Authentication(key, build);
    const capBytes = (): number => (authentication.isProven ? maxFrameBytes : openingFrameBytes);
    const transport = guarded(jsonlTransport(socket, capBytes), authentication);
    const deadline = setTimeout(() => {
      if (!authentication.isProven) transport.close('no hello in time');
    }, helloDeadlineMs);
    const handlers = createHandlers({ authentication, tasks, services, build, sent });
    const served = serve(
      taskdApi,
      {
        ...handlers,
        hello_proof: async (params, signal) => {
          if (host && host !== served) throw new RpcError('UNAUTHENTICATED', 'Another host is connected.');
          const answer = await handlers.hello_proof(params, signal);
          host = served;
          return answer;
        },
      },
      transport,
      {
        // All connections of one host share it. A connection that isn't authenticated can neither fill it nor read from
        // it.
        replay: {
          once: (id, fingerprint, run) => (authentication.isProven ? replay.once(id, fingerprint, run) : run()),
        },
        onUnexpected: (error, type) => log(`${type} failed: ${String(error)}`),
      },
    );
    open.add(served);
    served.onClose(() => {
      clearTimeout(deadline);
      open.delete(served);
      if (host === served) host = null;
    });
  };

  const server = createServer(accept);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    emit: (event) => {
      if (host && sent.accepts(event)) host.emit(event);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const served of [...open]) served.dispose();
      }),
  };
}
