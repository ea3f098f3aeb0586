/**
 * Main's side of the VM: its worker, the status it last published, and the guarantee that no QEMU outlives the app.
 *
 * A worker's death doesn't end the processes it started, so the pid it last published is ended here.
 */
import { randomBytes } from 'node:crypto';
import { RpcError } from '../../schema/errors';
import type { Client } from '../../schema/rpc';
import type { TaskdApi } from '../../schema/taskd-api';
import { Listeners } from '../../schema/transport';
import { vmApi, type VmApi, type VmStatus, type VmWorkerConfig } from '../../schema/vm-api';
import { vmFailure } from '../../schema/vm-failures';
import { forgetQemu, recordQemu } from './orphans';
import { TaskdLink } from './taskd-link';
import { WorkerHost } from './worker-host';

export interface VmHostOptions {
  readonly workerFile: string;
  readonly pidFile: string;
  readonly config: () => VmWorkerConfig;
  /** Receives the key of each start before the guest does; returns the gateway's port */
  readonly onKey: (key: string) => Promise<number>;
  readonly log: (source: string, line: string) => void;
}

/** Even a killed QEMU can be stuck in the kernel, and quitting must not wait for it. */
const stopDeadlineMs = 30_000;

const pidOf = (status: VmStatus): number | null => ('pid' in status ? status.pid : null);
const isStarting = ({ kind }: VmStatus): boolean => kind === 'resuming' || kind === 'building_template';
const isOver = ({ kind }: VmStatus): boolean => kind === 'stopped' || kind === 'failed';

export class VmHost {
  readonly changed = new Listeners<VmStatus>();
  /** taskd's commands; `VM_FAILED` when the guest is not running */
  readonly taskd: Client<TaskdApi>;
  readonly taskdEvents: TaskdLink['events'];
  readonly #worker: WorkerHost<VmApi>;
  readonly #taskd: TaskdLink;
  #status: VmStatus = { kind: 'stopped' };
  #starting: Promise<void> | null = null;
  #isDisposed = false;

  constructor(private readonly options: VmHostOptions) {
    const { workerFile: file, config, log } = options;
    this.#taskd = new TaskdLink((line) => log('host', line));
    this.taskd = this.#taskd.client;
    this.taskdEvents = this.#taskd.events;
    this.#worker = new WorkerHost({
      contract: vmApi,
      file,
      name: 'the VM worker',
      notRunning: "The workspace isn't running.",
      data: config,
      log: (line) => log('host', line),
    });
    this.#worker.on('vm.log', ({ source, line }) => log(source, line));
    this.#worker.on('guest.linked', ({ port }) => this.#taskd.open(port));
    this.#worker.on('vm.state', (status) => this.#onStatus(status));
    this.#worker.lost.add(() => this.#endAs({ kind: 'failed', failure: vmFailure('worker_died') }));
  }

  /** Number of guest messages that couldn't be read */
  get malformedMessages(): number {
    return this.#taskd.malformed;
  }

  get status(): VmStatus {
    return this.#status;
  }

  /** Resolves when the guest is ready; joins a start in progress. @throws RpcError `VM_FAILED` */
  start(): Promise<void> {
    if (this.#status.kind === 'ready') return Promise.resolve();
    // One key per start: a second one would reach the gateway and not the guest.
    this.#starting ??= this.#start().finally(() => (this.#starting = null));
    return this.#starting;
  }

  async #start(): Promise<void> {
    if (this.#isDisposed) throw new RpcError('CANCELLED', 'Piwork is quitting.');
    await this.#worker.start();
    if (isStarting(this.#status)) return this.#joinStart();
    const key = randomBytes(32).toString('hex');
    const gatewayPort = await this.options.onKey(key);
    // The worker follows the start, and ends one that stands still.
    await this.#worker.client['vm.start']({ key, gatewayPort });
  }

  /** Resolves when no QEMU exists. */
  async stop(): Promise<void> {
    if (!this.#worker.isRunning || isOver(this.#status)) return;
    await this.#worker.client['vm.stop']({}, { timeoutMs: stopDeadlineMs });
  }

  /** Ends the VM and its worker; the next start creates a new worker with the configuration of that time. */
  async shutDown(): Promise<void> {
    try {
      await this.stop();
    } finally {
      await this.#worker.stop();
      if (!isOver(this.#status)) this.#endAs({ kind: 'stopped' });
    }
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.shutDown();
  }

  /** The last resort when an app ends without waiting. */
  killNow(): void {
    const pid = pidOf(this.#status);
    if (pid === null) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }

  /** No worker is left that could end QEMU. */
  #endAs(status: VmStatus): void {
    this.killNow();
    this.#onStatus(status);
  }

  #onStatus(status: VmStatus): void {
    const before = pidOf(this.#status);
    this.#status = status;
    const pid = pidOf(status);
    if (isOver(status) || status.kind === 'stopping') this.#taskd.close();
    if (pid !== null && pid !== before) recordQemu(this.options.pidFile, pid);
    if (pid === null && before !== null) forgetQemu(this.options.pidFile);
    this.changed.emit(status);
  }

  #joinStart(): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = this.changed.add((status) => {
        if (isStarting(status)) return;
        waiting.dispose();
        if (status.kind === 'ready') return resolve();
        const message = status.kind === 'failed' ? status.failure.message : 'The workspace was stopped.';
        reject(new RpcError('VM_FAILED', message));
      });
    });
  }
}
