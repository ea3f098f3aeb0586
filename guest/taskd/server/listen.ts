/**
 * The taskd port. One authenticated host at a time: a second is refused and the first stays. A connection that does
 * not begin with `hello`, or says anything that is no request, is closed at once.
 */
import { createServer, type Socket } from 'node:net';
import { ReplayCache } from '../../../schema/replay-cache';
import { requestEnvelope, type OutgoingEvent } from '../../../schema/rpc';
import { serve, type Served } from '../../../schema/rpc-server';
import { taskdApi, taskdPort, type TaskdApi } from '../../../schema/taskd-api';
import { jsonlTransport } from '../../../schema/transports/jsonl-stream';
import type { Transport } from '../../../schema/transport';
import type { TaskRegistry } from '../tasks/registry';
import type { TaskServices } from '../tasks/services';
import { Authentication } from './authenticate';
import { createHandlers } from './handlers';

/** Milliseconds within which a connection has proved itself. */
const helloDeadlineMs = 5_000;
/** A connection that has proved nothing has no use for long lines. */
const opening: ReadonlyArray<string> = ['hello', 'hello_proof'];

export interface TaskdServer {
  emit(event: OutgoingEvent<TaskdApi>): void;
  /** Resolves when the port is free; a connected host is let go. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly key: Buffer;
  readonly build: string;
  readonly tasks: TaskRegistry;
  readonly services: TaskServices;
  readonly log: (line: string) => void;
}

/** Passes on what may pass: `hello`, `hello_proof`, and after them everything. */
function guarded(transport: Transport, authentication: Authentication): Transport {
  let step = 0;
  return {
    ...transport,
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

export async function listenForHost({ key, build, tasks, services, log }: ListenOptions): Promise<TaskdServer> {
  let host: Served<TaskdApi> | null = null;
  const replay = new ReplayCache();

  const accept = (socket: Socket): void => {
    socket.setNoDelay(true);
    const authentication = new Authentication(key, build);
    const transport = guarded(jsonlTransport(socket), authentication);
    const deadline = setTimeout(() => {
      if (!authentication.isProven) transport.close('no hello in time');
    }, helloDeadlineMs);
    const handlers = createHandlers({ authentication, tasks, services, build });
    const served = serve(
      taskdApi,
      {
        ...handlers,
        hello_proof: async (params, signal) => {
          if (host) {
            transport.close('another host is connected');
            throw new Error('another host is connected');
          }
          try {
            const answer = await handlers.hello_proof(params, signal);
            host = served;
            return answer;
          } catch (error) {
            // The answer goes out first, then the door closes.
            setImmediate(() => transport.close('wrong proof'));
            throw error;
          }
        },
      },
      transport,
      { replay: replay, onUnexpected: (error, type) => log(`${type} failed: ${String(error)}`) },
    );
    served.onClose(() => {
      clearTimeout(deadline);
      if (host === served) host = null;
    });
  };

  const server = createServer(accept);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(taskdPort, '0.0.0.0', resolve);
  });
  return {
    emit: (event) => host?.emit(event),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        host?.dispose();
      }),
  };
}
