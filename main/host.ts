/**
 * The host: composes tasks, VM, gateway, providers and settings, and serves `app-api` to any shell.
 *
 * It imports no shell. Made by `startHost`, ended by `dispose`, after which no process of it is left.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:net';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { appApi, type AppApi, type AppInfo } from '../schema/app-api';
import type { OutgoingEvent } from '../schema/rpc';
import { serve, type Served } from '../schema/rpc-server';
import { taskdPort } from '../schema/taskd-api';
import type { Transport } from '../schema/transport';
import type { VmWorkerConfig } from '../schema/vm-api';
import { Approvals } from './approvals/approvals';
import { LogFile } from './diagnostics/log-file';
import { Artifacts } from './artifacts/artifacts';
import { checkBehaviour } from './extensions/check-behaviour';
import { extensionPlaces, Extensions } from './extensions/extensions';
import { createFilesHost, type FilesHost } from './workers/files-host';
import { checkWorkingFolder } from './folders/working-folder';
import { createAppHandlers, type ShellAbilities } from './host-handlers';
import { claimStateFolder, releaseStateFolder, type HostRecord } from './running-host/host-record';
import { serveLocally } from './running-host/local-server';
import { Models } from './providers/models';
import { GatewayHost } from './workers/gateway-host';
import type { KeyStore } from './providers/key-store';
import type { SetAside } from './state-files/read-state-file';
import { SettingsStore } from './settings/settings-store';
import { makeStateFolder, socketParent, stateFolderAt, type StateFolder } from './settings/state-folder';
import { asTaskdEvent } from './tasks/reduce-event';
import { TaskFilesClient } from './tasks/task-files-client';
import { TaskService } from './tasks/task-service';
import { TaskStore } from './tasks/task-store';
import { Reviews } from './tasks/reviews';
import { Turns } from './tasks/turns';
import { endOrphan } from './workers/orphans';
import { RestartPolicy } from './workers/restart-policy';
import { VmHost } from './workers/vm-host';

export interface HostOptions {
  readonly stateRoot: string;
  readonly cacheRoot: string;
  readonly packFolder: string;
  /** Folder of the bundles of the worker threads */
  readonly workers: string;
  readonly version: string;
  /** How keys are kept here; told the state folder */
  readonly openKeys: (stateRoot: string) => Promise<KeyStore>;
  readonly firstPort?: number;
}

/** Another host has this state folder. */
export class HostTakenError extends Error {
  constructor(readonly holder: HostRecord) {
    super(`Piwork is running already (process ${holder.pid}).`);
    this.name = 'HostTakenError';
  }
}

/** Milliseconds without a run after which the VM gives its memory back. */
const idleStopMs = 15 * 60_000;

export class Host {
  readonly #connections = new Set<Served<AppApi>>();
  #idle: NodeJS.Timeout | null = null;
  #events: Promise<void> = Promise.resolve();
  #isDisposed = false;

  constructor(
    readonly options: HostOptions,
    readonly state: StateFolder,
    private readonly runFolder: string,
    readonly log: LogFile,
    readonly settings: SettingsStore,
    readonly models: Models,
    readonly tasks: TaskService,
    readonly artifacts: Artifacts,
    readonly extensions: Extensions,
    private readonly files: FilesHost,
    readonly turns: Turns,
    readonly reviews: Reviews,
    readonly approvals: Approvals,
    readonly vm: VmHost,
    private readonly gateway: GatewayHost,
    readonly setAside: readonly SetAside[],
  ) {
    const restarts = new RestartPolicy(Date.now);
    tasks.changed.add((payload) => this.#emit({ event: 'task.changed', payload }));
    tasks.removed.add((taskId) => this.#emit({ event: 'task.removed', payload: { taskId } }));
    tasks.conversationChanged.add((payload) => this.#emit({ event: 'task.conversation', payload }));
    tasks.settled.add((payload) => {
      this.#emit({ event: 'task.settled', payload });
      this.#restartIdleTimer();
    });
    tasks.artifactsChanged.add((taskId) => this.#emit({ event: 'task.artifacts', payload: { taskId } }));
    settings.changed.add((payload) => {
      this.#emit({ event: 'settings.changed', payload });
      this.#configureFiles();
    });
    this.#configureFiles();
    extensions.changed.add(() => this.#emit({ event: 'extensions.changed', payload: {} }));
    // Its mount is dead: the next prompt starts a new workspace.
    files.lost.add(() => {
      log.write('host', 'the file server ended: stopping the workspace');
      vm.shutDown().catch((error: unknown) => log.write('host', `it did not stop: ${String(error)}`));
      this.#configureFiles();
    });
    files.on('turn.changed', (payload) => this.#emit({ event: 'turn.changed', payload }));
    files.on('turn.progress', (payload) => this.#emit({ event: 'turn.progress', payload }));
    files.on('review.changed', (payload) => this.#emit({ event: 'review.changed', payload }));
    files.on('turn.warning', (payload) => this.#emit({ event: 'turn.warning', payload }));
    approvals.changed.add((payload) => this.#emit({ event: 'approval.changed', payload }));
    approvals.closed.add((payload) => this.#emit({ event: 'approval.closed', payload }));
    approvals.grantsChanged.add((grants) => this.#emit({ event: 'grants.changed', payload: { grants: [...grants] } }));
    models.changed.add(() => {
      this.#emit({ event: 'models.changed', payload: { providers: models.providers, models: models.list } });
    });
    vm.changed.add((status) => {
      this.#emit({ event: 'vm.changed', payload: status });
      this.#restartIdleTimer();
      if (status.kind !== 'failed' && status.kind !== 'stopped') return;
      const why = status.kind === 'failed' ? status.failure.message : 'The workspace was stopped.';
      this.#inOrder(() => tasks.onVmGone(why));
      if (status.kind === 'failed' && !this.#isDisposed && restarts.mayRestart(status.failure.reason)) {
        log.write('host', 'the workspace crashed; starting it again');
        // Its failure is told by the VM's status.
        vm.start().catch(() => undefined);
      }
    });
    vm.guestEvents.add((event) => {
      const taskdEvent = asTaskdEvent(event);
      if (taskdEvent) this.#inOrder(() => tasks.onTaskdEvent(taskdEvent));
    });
  }

  /** Serves `app-api` on one transport until it closes. */
  accept(transport: Transport, shell: AppInfo['shell'], abilities: ShellAbilities = {}): void {
    // The handlers are called after `serve` has returned.
    const handlers = createAppHandlers(this, { shell, abilities, lastSeq: () => served.lastSeq });
    const served: Served<AppApi> = serve(appApi, handlers, transport, {
      onUnexpected: (error, type) =>
        this.log.write('host', `${type}: ${error instanceof Error ? error.stack : String(error)}`),
    });
    this.#connections.add(served);
    served.onClose(() => this.#connections.delete(served));
  }

  /** Called when somebody asked the host to quit; set by the shell. */
  onQuit: () => void = () => undefined;

  /** Gives a fresh one-time address of the page; set by the browser shell. */
  pageAddress: (() => string) | null = null;

  localServer: Server | null = null;

  /** Ends everything the host started. */
  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    if (this.#idle) clearTimeout(this.#idle);
    try {
      await this.vm.dispose();
      await this.#events;
    } finally {
      await this.gateway.stop();
      await this.files.stop();
      await this.approvals.close();
      this.localServer?.close();
      for (const connection of this.#connections) connection.dispose();
      await this.log.flush();
      await rm(this.runFolder, { recursive: true, force: true });
      await releaseStateFolder(this.state.hostFile);
    }
  }

  #configureFiles(): void {
    const { asksBeforeChange, keepUpToMb, growUpToGb } = this.settings.current;
    const policy = { asksBeforeChange, keepUpToBytes: keepUpToMb * 1024 ** 2, growUpToBytes: growUpToGb * 1024 ** 3 };
    this.files.client['files.configure'](policy).catch((error: unknown) =>
      this.log.write('files', `the settings did not reach the file server: ${String(error)}`),
    );
  }

  #emit(event: OutgoingEvent<AppApi>): void {
    for (const connection of this.#connections) connection.emit(event);
  }

  /** Events of tasks change files, and must not overtake each other. */
  #inOrder(work: () => Promise<void>): void {
    this.#events = this.#events
      .then(work)
      .catch((error: unknown) => this.log.write('host', `event failed: ${String(error)}`));
  }

  #restartIdleTimer(): void {
    if (this.#idle) clearTimeout(this.#idle);
    if (this.vm.status.kind !== 'ready') return;
    this.#idle = setTimeout(() => {
      if (this.tasks.isBusy) return this.#restartIdleTimer();
      this.log.write('host', 'idle: stopping the workspace');
      this.vm.stop().catch((error: unknown) => this.log.write('host', `it did not stop: ${String(error)}`));
    }, idleStopMs);
    this.#idle.unref();
  }
}

/** Starts a host on a state folder. @throws HostTakenError when another one has it */
export async function startHost(options: HostOptions): Promise<Host> {
  const state = stateFolderAt(options.stateRoot);
  await makeStateFolder(state);
  const runFolder = await mkdtemp(join(socketParent(), 'piwork-'));
  const holder = await claimStateFolder(state.hostFile, join(runFolder, 'host.sock'));
  if (holder) {
    await rm(runFolder, { recursive: true, force: true });
    throw new HostTakenError(holder);
  }
  try {
    return await composeHost(options, state, runFolder);
  } catch (error) {
    await releaseStateFolder(state.hostFile);
    await rm(runFolder, { recursive: true, force: true });
    throw error;
  }
}

async function composeHost(options: HostOptions, state: StateFolder, runFolder: string): Promise<Host> {
  const log = new LogFile(join(state.logs, 'piwork.log'));
  const pidFile = join(state.root, 'qemu.json');
  const orphan = await endOrphan(pidFile);
  if (orphan !== null) log.write('host', `ended a workspace left over from before (process ${orphan})`);

  const [settings, settingsAside] = await SettingsStore.open(state.settingsFile);
  const gateway = new GatewayHost({
    workerFile: join(options.workers, 'gateway-worker.cjs'),
    stateFolder: state.root,
    tourPace: 1,
    log: (line) => log.write('gateway', line),
  });
  const models = await Models.open({
    stateFolder: state.root,
    gateway,
    keys: await options.openKeys(state.root),
    log: (line) => log.write('gateway', line),
  });
  const places = extensionPlaces(state.root);
  const [extensions, extensionsAside] = await Extensions.open({
    ...places,
    check: (main) => checkBehaviour(join(options.workers, '../bridge/cli.cjs'), places.folder, main),
  });
  const filesSocket = join(runFolder, 'files.sock');
  const files = createFilesHost({
    workerFile: join(options.workers, 'files-worker.cjs'),
    socket: filesSocket,
    log: (line) => log.write('files', line),
  });
  await files.start();
  const vm = new VmHost({
    workerFile: join(options.workers, 'vm-worker.cjs'),
    pidFile,
    onKey: (key) => gateway.useKey(key),
    log: (source, line) => log.write(source, line),
    config: (): VmWorkerConfig => ({
      packFolder: options.packFolder,
      cacheFolder: options.cacheRoot,
      runFolder,
      filesSocket,
      memoryMb: 2048,
      cores: Math.min(2, cpus().length),
      parked: 2,
      firstPort: options.firstPort ?? taskdPort,
      accelerator: null,
      build: options.version,
    }),
  });
  const store = new TaskStore(state);
  const approvals = new Approvals({
    describeProgram: async (taskId, pid) => (await vm.taskd.describe_process({ taskId, pid })).command,
    settings: () => settings.current,
    folderOf: (taskId) => tasks.folderOf(taskId),
    grantsFile: join(state.root, 'grants.json'),
    logFile: (taskId) => join(store.folder(taskId), 'approvals.jsonl'),
    tellAgent: async (taskId, text) => {
      await vm.taskd.tell_agent({ taskId, text });
    },
    now: Date.now,
    setTimer: (ms, onDue) => {
      const timer = setTimeout(onDue, ms);
      return { dispose: () => clearTimeout(timer) };
    },
    log: (source, line) => log.write(source, line),
  });
  const grantsAside = await approvals.load();
  const tasks: TaskService = new TaskService({
    store,
    taskd: vm.taskd,
    startVm: () => vm.start(),
    checkFolder: (path) => checkWorkingFolder(path, state.root),
    files: new TaskFilesClient({
      files,
      approvals,
      sessionFile: (taskId) => store.sessionFile(taskId),
      log: (line) => log.write('files', line),
    }),
    piConfig: () => models.piConfig,
    extensions: () => extensions.forTask(),
    log: (source, line) => log.write(source, line),
  });
  const tasksAside = await tasks.load();
  const setAside = [
    ...tasksAside,
    ...grantsAside,
    ...models.setAside,
    ...[settingsAside, extensionsAside].flatMap((one) => one ?? []),
  ];
  const turns = new Turns(files.client, tasks, (taskId) => store.sessionFile(taskId));
  const reviews = new Reviews(files.client, tasks);
  const artifacts = new Artifacts(state.taskstate);
  const host = new Host(
    options,
    state,
    runFolder,
    log,
    settings,
    models,
    tasks,
    artifacts,
    extensions,
    files,
    turns,
    reviews,
    approvals,
    vm,
    gateway,
    setAside,
  );
  host.localServer = await serveLocally(join(runFolder, 'host.sock'), (transport) =>
    host.accept(transport, 'terminal'),
  );
  return host;
}
