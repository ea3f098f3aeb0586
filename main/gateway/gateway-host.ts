/** The gateway as main sees it: a worker thread that is created, told what it needs, and ended. */
import { Worker } from 'node:worker_threads';
import type { EventPayload } from '../../schema/rpc';
import { connect } from '../../schema/rpc-client';
import { Listeners, type Disposable } from '../../schema/transport';
import { messagePortTransport } from '../../schema/transports/message-port';
import {
  gatewayApi,
  type GatewayApi,
  type GatewayWorkerConfig,
  type GatewayConfig,
  type GatewayProvider,
} from '../../schema/gateway-api';

export type GatewayExchange = EventPayload<GatewayApi, 'gateway.exchange'>;

export interface GatewayHostOptions extends GatewayWorkerConfig {
  /** Absolute path of the bundled worker */
  readonly workerFile: string;
}

export interface GatewayHost extends Disposable {
  /** Port on 127.0.0.1 */
  readonly port: number;
  /** The key of the VM's start, 64 hex digits, by which tasks' tokens are checked; `null` refuses all. */
  setKey(key: string | null): Promise<void>;
  setProviders(providers: readonly GatewayProvider[]): Promise<void>;
  onExchange(listener: (exchange: GatewayExchange) => void): Disposable;
  onLog(listener: (line: string) => void): Disposable;
  /** Called once when the worker has ended, whoever ended it. */
  onClose(listener: (reason: string) => void): Disposable;
  /** Closes the port and ends the worker. */
  stop(): Promise<void>;
}

/** Creates the worker and resolves when its port is open. Rejects when either fails; no worker is left then. */
export async function startGateway({ workerFile, ...workerData }: GatewayHostOptions): Promise<GatewayHost> {
  const worker = new Worker(workerFile, { workerData });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const transport = messagePortTransport(worker, () => void worker.terminate());
  const connection = connect(gatewayApi, transport, { isPeerTrusted: true });
  const { client } = connection;
  const exchanges = new Listeners<GatewayExchange>();
  const logs = new Listeners<string>();
  connection.onEvent((event) => {
    if (event.event === 'gateway.exchange') exchanges.emit(event.payload);
    else logs.emit(event.payload.line);
  });

  let config: GatewayConfig = { key: null, providers: [] };
  const configure = async (change: Partial<GatewayConfig>): Promise<void> => {
    config = { ...config, ...change };
    await client['gateway.configure'](config);
  };

  const port = await client['gateway.start']({}).then(
    (started) => started.port,
    (error: unknown) => {
      connection.dispose();
      throw error;
    },
  );
  return {
    port,
    setKey: (key) => configure({ key }),
    setProviders: (providers) => configure({ providers: [...providers] }),
    onExchange: (listener) => exchanges.add(listener),
    onLog: (listener) => logs.add(listener),
    onClose: (listener) => connection.onClose(listener),
    stop: async () => {
      // A worker that has ended already cannot answer, and its port is closed.
      await client['gateway.stop']({}).catch(() => undefined);
      connection.dispose();
      await ended;
    },
    dispose: () => connection.dispose(),
  };
}
