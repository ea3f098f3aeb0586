/** One worker thread that serves a contract: started on demand, watched, restarted, ended. */
import { Worker } from 'node:worker_threads';
import { clientOfCurrent } from '../../schema/contract-client';
import { RpcError } from '../../schema/errors';
import type { Client, Contract, ContractEvent, EventName, EventPayload } from '../../schema/rpc';
import { connect, type Connection } from '../../schema/rpc-client';
import { Listeners, type Disposable } from '../../schema/transport';
import { messagePortTransport } from '../../schema/transports/message-port';

export interface WorkerHostOptions<C extends Contract> {
  readonly contract: C;
  /** Absolute path of the worker's bundle */
  readonly file: string;
  /** Its name in logs, such as `the file server` */
  readonly name: string;
  /** The answer to a call while no worker runs, for people */
  readonly notRunning: string;
  /** Passed to each worker that is created */
  readonly data?: () => unknown;
  /** The first call to a new worker; afterwards it counts as started */
  readonly begin?: (client: Client<C>) => Promise<unknown>;
  /** Whether another worker replaces one that ended by itself; absent means no */
  readonly mayRestart?: (livedMs: number) => boolean;
  readonly log: (line: string) => void;
}

interface Running<C extends Contract> {
  readonly connection: Connection<C>;
  /** Rejects with the reason why it couldn't start */
  readonly started: Promise<void>;
  readonly exited: Promise<void>;
}

export class WorkerHost<C extends Contract> {
  /** Calls reach the present worker; without one they are rejected with `notRunning` */
  readonly client: Client<C>;
  readonly events = new Listeners<ContractEvent<C>>();
  /** A worker has started: the first one, or a replacement */
  readonly began = new Listeners<undefined>();
  /** A worker that had started ended by itself. Carries no details; they are in the log */
  readonly lost = new Listeners<undefined>();
  #running: Running<C> | null = null;
  /** Between `start` and `stop`; otherwise nothing is restarted */
  #isWanted = false;

  constructor(private readonly options: WorkerHostOptions<C>) {
    this.client = clientOfCurrent(
      options.contract,
      () => this.#running?.connection ?? null,
      () => new RpcError('INTERNAL_ERROR', options.notRunning),
    );
  }

  /** Whether a worker exists, started or starting */
  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Calls the listener with the payload of each event of this name. */
  on<E extends EventName<C>>(event: E, listener: (payload: EventPayload<C, E>) => void): Disposable {
    return this.events.add((one) => {
      if (one.event === event) listener(one.payload);
    });
  }

  /** Resolves when a worker has started; joins a start in progress. Rejects when it fails; no worker is left. */
  start(): Promise<void> {
    this.#isWanted = true;
    this.#running ??= this.#launch();
    return this.#running.started;
  }

  /** Ends the worker and resolves when its thread is gone. The next start creates another one. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    const running = this.#running;
    this.#running = null;
    running?.connection.dispose();
    await running?.exited;
  }

  #launch(): Running<C> {
    const { contract, file, name, data, begin, log } = this.options;
    const startedAt = performance.now();
    // Stack traces in the log name lines of our sources, in Electron too.
    const worker = new Worker(file, { workerData: data?.(), execArgv: ['--enable-source-maps'] });
    const transport = messagePortTransport(worker, () => void worker.terminate());
    // A worker is a thread of ours: a call waits for it as long as it lives.
    const connection = connect(contract, transport, { isPeerTrusted: true, timeoutMs: null });
    connection.onEvent((event) => this.events.emit(event));
    worker.on('error', (error) => log(`${name} failed: ${error.stack ?? error.message}`));
    let isStarted = false;
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    const started = (begin?.(connection.client) ?? Promise.resolve()).then(
      () => {
        isStarted = true;
        this.began.emit(undefined);
      },
      async (error: unknown) => {
        if (this.#running === running) this.#running = null;
        connection.dispose();
        await exited;
        const isDead = error instanceof RpcError && error.code === 'DISCONNECTED';
        throw isDead ? new RpcError(error.code, this.options.notRunning, { details: error.details }) : error;
      },
    );
    const running: Running<C> = { connection, started, exited };
    // The caller of `start` gets the error.
    started.catch(() => undefined);
    void exited.then(() => {
      if (this.#running !== running || !isStarted) return;
      this.#running = null;
      this.lost.emit(undefined);
      this.#restart(performance.now() - startedAt);
    });
    return running;
  }

  #restart(livedMs: number): void {
    const { name, mayRestart, log } = this.options;
    // A listener of `lost` may already have started one.
    if (!mayRestart || !this.#isWanted || this.#running) return;
    if (!mayRestart(livedMs)) return log(`${name} keeps stopping; it isn't started again`);
    this.start().catch((error: unknown) => {
      if (!this.#isWanted) return;
      log(`${name} couldn't start: ${String(error)}`);
      this.#restart(0);
    });
  }
}
