/** The gateway as main sees it: the first start of the VM, or the first test of a provider, starts its worker. */
import {
  gatewayApi,
  type GatewayApi,
  type GatewayConfig,
  type GatewayProvider,
  type GatewayWorkerConfig,
  type ProviderTest,
  type ProviderTestResult,
} from '../../schema/gateway-api';
import { WorkerHost } from './worker-host';

export interface GatewayHostOptions extends GatewayWorkerConfig {
  /** Absolute path of the worker's bundle */
  readonly workerFile: string;
  readonly log: (line: string) => void;
}

/** Longer than the gateway itself waits for a provider */
const testDeadlineMs = 40_000;

export class GatewayHost {
  readonly #worker: WorkerHost<GatewayApi>;
  #config: GatewayConfig = { key: null, providers: [] };
  /** Port on 127.0.0.1 of the running worker */
  #port = 0;

  constructor({ workerFile, log, ...data }: GatewayHostOptions) {
    this.#worker = new WorkerHost({
      contract: gatewayApi,
      file: workerFile,
      name: 'the gateway',
      notRunning: "The part of Piwork that connects to model providers isn't running. Restart Piwork.",
      data: () => data,
      begin: async (client) => {
        await client['gateway.configure'](this.#config);
        this.#port = (await client['gateway.start']({})).port;
      },
      log,
    });
    this.#worker.on('gateway.log', ({ line }) => log(line));
  }

  /** Opens the gateway for one start of the VM; returns its port. `null` refuses every task's token. */
  async useKey(key: string | null): Promise<number> {
    await this.#configure({ key });
    await this.#worker.start();
    return this.#port;
  }

  setProviders(providers: readonly GatewayProvider[]): Promise<void> {
    return this.#configure({ providers: [...providers] });
  }

  /** Asks a provider for one short answer. */
  async test(question: ProviderTest): Promise<ProviderTestResult> {
    await this.#worker.start();
    return this.#worker.client['gateway.test'](question, { timeoutMs: testDeadlineMs });
  }

  /** Closes the port and ends the worker. */
  async stop(): Promise<void> {
    // A worker that has already ended can't answer, and its port is closed.
    if (this.#worker.isRunning) await this.#worker.client['gateway.stop']({}).catch(() => undefined);
    await this.#worker.stop();
  }

  async #configure(change: Partial<GatewayConfig>): Promise<void> {
    this.#config = { ...this.#config, ...change };
    if (this.#worker.isRunning) await this.#worker.client['gateway.configure'](this.#config);
  }
}
