/**
 * Main's side of the VM: the worker thread, what it last told, and the certainty that no QEMU outlives the app.
 *
 * A worker's death does not end the processes it started, so the pid it published last is ended here.
 */
import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { clientOfCurrent } from '../../schema/contract-client';
import { RpcError } from '../../schema/errors';
import type { Client, ContractEvent } from '../../schema/rpc';
import { connect, type Connection } from '../../schema/rpc-client';
import { taskdApi, type TaskdApi } from '../../schema/taskd-api';
import { messagePortTransport, type ChannelPort } from '../../schema/transports/message-port';
import { Listeners } from '../../schema/transport';
import { vmApi, type VmApi, type VmStatus, type VmWorkerConfig } from '../../schema/vm-api';
import { vmFailure } from '../../schema/vm-failures';
import { forgetQemu, recordQemu } from './orphans';

export interface VmHostOptions {
  readonly workerFile: string;
  readonly pidFile: string;
  readonly config: () => VmWorkerConfig;
  /** Told the key of each start before the guest has it; answers with the gateway's port */
  readonly onKey: (key: string) => Promise<number>;
  readonly log: (source: string, line: string) => void;
}

/** A start may build a template first. */
const startDeadlineMs = 15 * 60_000;
const stopDeadlineMs = 30_000;

const pidOf = (status: VmStatus): number | null => ('pid' in status ? status.pid : null);

export class VmHost {
  readonly changed = new Listeners<VmStatus>();
  readonly taskdEvents = new Listeners<ContractEvent<TaskdApi>>();
  /** taskd's commands; `VM_FAILED` when the guest is not running */
  readonly taskd: Client<TaskdApi>;
  #status: VmStatus = { kind: 'stopped' };
  #connection: Connection<VmApi> | null = null;
  #taskd: Connection<TaskdApi> | null = null;
  #worker: Worker | null = null;
  #starting: Promise<void> | null = null;
  #isDisposed = false;

  constructor(private readonly options: VmHostOptions) {
    this.taskd = clientOfCurrent(
      taskdApi,
      () => this.#taskd,
      () => new RpcError('VM_FAILED', 'The workspace is not running.'),
    );
  }

  get status(): VmStatus {
    return this.#status;
  }

  /** Resolves when the guest is ready; joins a start that is under way. @throws RpcError `VM_FAILED` */
  start(): Promise<void> {
    if (this.#status.kind === 'ready') return Promise.resolve();
    // One key for one start: a second one would reach the gateway and not the guest.
    this.#starting ??= this.#start().finally(() => (this.#starting = null));
    return this.#starting;
  }

  async #start(): Promise<void> {
    const connection = this.#connection ?? this.#startWorker();
    if (this.#status.kind === 'resuming' || this.#status.kind === 'building_template') return this.#joinStart();
    const key = randomBytes(32).toString('hex');
    const gatewayPort = await this.options.onKey(key);
    await connection.client['vm.start']({ key, gatewayPort }, { timeoutMs: startDeadlineMs });
  }

  /** Resolves when no QEMU exists. */
  async stop(): Promise<void> {
    if (!this.#connection || this.#status.kind === 'stopped' || this.#status.kind === 'failed') return;
    await this.#connection.client['vm.stop']({}, { timeoutMs: stopDeadlineMs });
  }

  /** Ends the VM and its worker; the next start makes a new worker, with the configuration of then. */
  async shutDown(): Promise<void> {
    try {
      await this.stop();
    } finally {
      const worker = this.#worker;
      this.#worker = null;
      this.#connection = null;
      this.#unlink();
      await worker?.terminate();
      this.killNow();
    }
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.shutDown();
  }

  /** The last resort of an app that ends without waiting. */
  killNow(): void {
    const pid = pidOf(this.#status);
    if (pid === null) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }

  #startWorker(): Connection<VmApi> {
    if (this.#isDisposed) throw new RpcError('CANCELLED', 'Piwork is quitting.');
    const worker = new Worker(this.options.workerFile, { workerData: this.options.config() });
    const transport = messagePortTransport(worker, () => void worker.terminate());
    const connection = connect(vmApi, transport, { isPeerTrusted: true });
    connection.onEvent(({ event, payload }) => {
      if (event === 'vm.state') this.#onStatus(payload);
      else if (event === 'vm.log') this.options.log(payload.source, payload.line);
      else this.#onLinked(payload.port);
    });
    worker.on('error', (error) => this.options.log('host', `the VM worker failed: ${error.stack ?? error.message}`));
    worker.once('exit', () => this.#onWorkerExit(worker));
    this.#worker = worker;
    this.#connection = connection;
    return connection;
  }

  /** Speaks `taskd-api` over the port until one side closes it or the VM ends. */
  #onLinked(port: ChannelPort): void {
    this.#unlink();
    const taskd = connect(
      taskdApi,
      messagePortTransport(port, () => port.close()),
    );
    this.#taskd = taskd;
    taskd.onEvent((event) => this.taskdEvents.emit(event));
    taskd.onClose((reason) => {
      if (this.#taskd !== taskd) return;
      this.#taskd = null;
      this.options.log('host', `the connection to taskd was lost: ${reason}`);
    });
  }

  #unlink(): void {
    const taskd = this.#taskd;
    this.#taskd = null;
    taskd?.dispose();
  }

  #onStatus(status: VmStatus): void {
    const before = pidOf(this.#status);
    this.#status = status;
    const pid = pidOf(status);
    if (status.kind === 'stopping' || status.kind === 'stopped' || status.kind === 'failed') this.#unlink();
    if (pid !== null && pid !== before) recordQemu(this.options.pidFile, pid);
    if (pid === null && before !== null) forgetQemu(this.options.pidFile);
    this.changed.emit(status);
  }

  #onWorkerExit(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#connection = null;
    this.killNow();
    forgetQemu(this.options.pidFile);
    this.#onStatus({ kind: 'failed', failure: vmFailure('worker_died') });
  }

  #joinStart(): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = this.changed.add((status) => {
        if (status.kind === 'resuming' || status.kind === 'building_template') return;
        waiting.dispose();
        if (status.kind === 'ready') resolve();
        else
          reject(
            new RpcError('VM_FAILED', status.kind === 'failed' ? status.failure.message : 'The workspace was stopped.'),
          );
      });
    });
  }
}
