/** The worker of the file server and the journals as main sees it; one that ends on its own is started again. */
import { Worker } from 'node:worker_threads';
import { RpcError } from '../../schema/errors';
import type { Client, EventPayload } from '../../schema/rpc';
import { clientOver, connect, type Connection } from '../../schema/rpc-client';
import { Listeners } from '../../schema/transport';
import { messagePortTransport } from '../../schema/transports/message-port';
import { filesApi, type FilesApi, type HeldAct } from '../../schema/files-api';

export interface FilesHostOptions {
  /** Absolute path of the bundled worker */
  readonly workerFile: string;
  /** Unix socket for QEMU, in a private folder */
  readonly socket: string;
  readonly log: (line: string) => void;
}

/** Starts in a row that ended at once, after which no other is made. */
const patience = 3;
const shortLifeMs = 2_000;

export class FilesHost {
  readonly client: Client<FilesApi>;
  /** An act of the guest that waits for `act.answer` */
  readonly asked = new Listeners<HeldAct>();
  /** Id of an act that does not wait any more */
  readonly dropped = new Listeners<number>();
  readonly turnChanged = new Listeners<EventPayload<FilesApi, 'turn.changed'>>();
  /** Id of a task whose waiting changes are others */
  readonly reviewChanged = new Listeners<string>();
  readonly progress = new Listeners<EventPayload<FilesApi, 'turn.progress'>>();
  readonly warnings = new Listeners<EventPayload<FilesApi, 'turn.warning'>>();
  /** The worker ended: what a running guest has mounted is gone, and a new worker knows none of its folders. */
  readonly lost = new Listeners<undefined>();
  #connection: Connection<FilesApi> | null = null;
  #ended: Promise<void> = Promise.resolve();
  #isStopping = false;
  #shortLives = 0;

  private constructor(private readonly options: FilesHostOptions) {
    this.client = clientOver(filesApi, async (type, payload, call) => {
      if (!this.#connection) throw new RpcError('INTERNAL_ERROR', 'The file server has ended. Start Piwork again.');
      const method = this.#connection.client[type as keyof FilesApi['methods']] as (
        ...words: readonly unknown[]
      ) => Promise<unknown>;
      return method(payload, call);
    });
  }

  /** Resolves when the worker listens. */
  static async start(options: FilesHostOptions): Promise<FilesHost> {
    const host = new FilesHost(options);
    try {
      await host.#startWorker();
      return host;
    } catch (error) {
      await host.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#connection?.dispose();
    await this.#ended;
  }

  async #startWorker(): Promise<void> {
    const { workerFile, socket, log } = this.options;
    const startedAt = performance.now();
    const worker = new Worker(workerFile);
    worker.on('error', (error) => log(`the file server failed: ${error.stack ?? error.message}`));
    this.#ended = new Promise((resolve) =>
      worker.once('exit', () => {
        resolve();
        this.#onEnd(performance.now() - startedAt);
      }),
    );
    const transport = messagePortTransport(worker, () => void worker.terminate());
    const connection = connect(filesApi, transport, { isPeerTrusted: true });
    connection.onEvent((event) => {
      if (event.event === 'act.asked') this.asked.emit(event.payload);
      else if (event.event === 'act.dropped') this.dropped.emit(event.payload.id);
      else if (event.event === 'turn.changed') this.turnChanged.emit(event.payload);
      else if (event.event === 'review.changed') this.reviewChanged.emit(event.payload.taskId);
      else if (event.event === 'turn.progress') this.progress.emit(event.payload);
      else if (event.event === 'turn.warning') this.warnings.emit(event.payload);
      else log(event.payload.line);
    });
    this.#connection = connection;
    try {
      await connection.client['files.listen']({ socket });
    } catch (error) {
      connection.dispose();
      throw error;
    }
  }

  #onEnd(livedMs: number): void {
    this.#connection = null;
    if (this.#isStopping) return;
    this.#shortLives = livedMs < shortLifeMs ? this.#shortLives + 1 : 0;
    this.lost.emit(undefined);
    if (this.#shortLives > patience) return this.options.log('the file server ends again and again; it is left ended');
    this.#startWorker().catch((error: unknown) => this.options.log(`the file server did not start: ${String(error)}`));
  }
}
