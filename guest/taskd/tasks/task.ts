/** One task: does what its machine allows, and reports by events. */
import type { DialogAnswer } from '../../../schema/dialogs';
import { RpcError, toWireError } from '../../../schema/errors';
import { noExtensions, type TaskExtensions } from '../../../schema/extensions';
import type { EventPayload, OutgoingEvent } from '../../../schema/rpc';
import { taskError, type Model, type OpenMode, type PiConfig, type TaskdApi } from '../../../schema/taskd-api';
import { inside } from '../sandbox/layout';
import type { Parked } from '../pi/parked';
import type { PiProcess } from '../pi/process';
import { workingDirectory } from './assignment';
import { hasSession, taskFolders } from './folders';
import { handOver } from './hand-over';
import { tellLimits } from './limit-news';
import { leaveNote } from './notes';
import { isLive, stateName, step, type TaskInput, type TaskState } from './machine';
import { dispositionOf } from './pi-answers';
import type { OpenOptions } from './open-options';
import { PiSession } from './session';
import type { TaskServices } from './services';

/** When a run doesn't end: how long pi may do nothing, and how long it may work on the end */
const abortLimitsMs = { still: 10_000, longest: 60_000 } as const;

type Bootstrap = EventPayload<TaskdApi, 'task_bootstrap_state'>;

export class Task {
  #state: TaskState = { kind: 'missing' };
  #session: PiSession | null = null;
  #opening: Promise<OpenMode> | null = null;
  /** The generation of the current opening. A stop clears it, and the opening then ends at its next step */
  #openingGeneration: number | null = null;
  #stopping: Promise<void> | null = null;
  #hasWorkingFolder = false;
  #piConfig: PiConfig | null = null;
  #extensions: TaskExtensions = noExtensions;
  /** The message of a process that ended while it was opening */
  #exitMessage: string | null = null;
  #bootstrap: Bootstrap = { status: 'none', model: null, models: [] };

  constructor(
    readonly taskId: string,
    private readonly services: TaskServices,
  ) {}

  get process(): PiProcess | null {
    return this.#session?.process ?? null;
  }

  /** Whether an agent is ready or working */
  get isOpen(): boolean {
    return isLive(this.#state) && this.#state.kind !== 'creating';
  }

  get slotFolder(): string | null {
    return this.#session?.parked.slot.folder ?? null;
  }

  snapshot() {
    const state = this.#state;
    return {
      taskId: this.taskId,
      state: stateName(state),
      model: this.#bootstrap.model,
      promptInFlight: state.kind === 'active' ? state.promptId : null,
      sessionFile: inside.session(this.taskId),
      hasWorkingFolder: this.#hasWorkingFolder,
      cwd: workingDirectory(this.#assignmentOptions({})),
      bootstrap: this.#bootstrap.status,
      openDialogs: this.#session?.dialogs.list ?? [],
    };
  }

  /** Claims a pi process for the task unless it has one. A second call joins the first. */
  async open(options: OpenOptions): Promise<OpenMode> {
    await this.services.filesMounted();
    if (options.hasWorkingFolder) this.#hasWorkingFolder = true;
    if (options.piConfig) this.#piConfig = options.piConfig;
    if (options.extensions) this.#extensions = options.extensions;
    await this.#stopping;
    if (this.#opening) return this.#opening;
    if (isLive(this.#state)) return 'resumed';
    const opening = this.#open(options).finally(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    this.#opening = opening;
    return opening;
  }

  async prompt(message: string, promptId: string, images: unknown[]): Promise<'started' | 'queued' | 'handled'> {
    const session = this.#live();
    if (this.#state.kind === 'active') {
      throw new RpcError('TASK_NOT_READY', 'The agent is still working. Wait for it, or stop it first.');
    }
    this.#step({ kind: 'run-started', gen: session.generation, promptId });
    try {
      const answer = await session.process.request({ type: 'prompt', message, ...(images.length ? { images } : {}) });
      const disposition = dispositionOf(answer);
      if (disposition === 'handled') this.#step({ kind: 'settled', gen: session.generation });
      return disposition;
    } catch (error) {
      this.#step({ kind: 'settled', gen: session.generation });
      throw error;
    }
  }

  /** True when a run was stopped. If pi doesn't settle, kills it, and the task reports that. */
  async abort(): Promise<boolean> {
    const session = this.#live();
    if (this.#state.kind !== 'active') return false;
    this.#step({ kind: 'abort' });
    const stopWatching = session.process.killWhenStalled(abortLimitsMs);
    try {
      await session.abort();
    } catch (error) {
      if (!(error instanceof RpcError && error.code === 'PI_PROCESS_DEAD')) throw error;
    } finally {
      stopWatching();
    }
    return true;
  }

  models(): Promise<Model[]> {
    return this.#live().models();
  }

  async setModel(model: string, thinkingLevel: string | undefined): Promise<string> {
    const session = this.#live();
    const set = await session.setModel(model);
    if (thinkingLevel !== undefined) await session.setThinkingLevel(thinkingLevel);
    this.#tellBootstrap({ ...this.#bootstrap, model: set });
    return set;
  }

  answer(id: string, answer: DialogAnswer): boolean {
    return this.#live().dialogs.answer(id, answer);
  }

  /** False when there is no agent to read it. */
  async tellAgent(text: string): Promise<boolean> {
    const session = this.#session;
    if (!session) return false;
    await leaveNote(session.parked.slot.agent, text, this.services);
    return true;
  }

  entries(since: string | undefined): Promise<unknown> {
    return this.#live().process.request({ type: 'get_entries', ...(since === undefined ? {} : { since }) });
  }

  /** Resolves when the process is gone. Cancels a current opening. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop().finally(() => (this.#stopping = null));
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const session = this.#session;
    this.#opening = null;
    this.#openingGeneration = null;
    this.#step({ kind: 'stop' });
    if (session) {
      await session.process.end();
      await this.#release(session);
    }
    this.#emit({ event: 'task_stopped', payload: {} });
  }

  async #open(options: OpenOptions): Promise<OpenMode> {
    const generation = this.services.nextGeneration();
    this.#openingGeneration = generation;
    const isKnown = await hasSession(taskFolders(this.taskId, this.services.filesRoot));
    this.#assertWanted(generation);
    this.#step({ kind: 'open', gen: generation, hasSession: isKnown });
    const mode = this.#state.kind === 'creating' ? this.#state.mode : 'resumed';
    try {
      const session = await this.#claim(generation, options);
      await this.#bootstrapSession(session, options);
      this.#assertWanted(generation);
      this.#step({ kind: 'booted', gen: generation });
      this.#emit({ event: 'task_ready', payload: { mode } });
      return mode;
    } catch (error) {
      // A stop reports the task's state itself, and ends its process.
      this.#assertWanted(generation);
      const message = this.#exitMessage ?? toWireError(error).message;
      this.#session?.process.kill();
      this.#step({ kind: 'exited', gen: generation, message });
      this.#tellBootstrap({ ...this.#bootstrap, status: 'failed' });
      this.#emit({ event: 'task_error', payload: taskError('TASK_BOOTSTRAP_FAILED', message) });
      throw new RpcError('TASK_BOOTSTRAP_FAILED', message, { cause: error });
    }
  }

  /** @throws RpcError `CANCELLED` */
  #assertWanted(generation: number): void {
    if (this.#openingGeneration === generation) return;
    throw new RpcError('CANCELLED', 'The task was stopped while it was opening.');
  }

  async #claim(generation: number, options: OpenOptions): Promise<PiSession> {
    const parked = await this.services.lot.claim();
    if (this.#openingGeneration !== generation) {
      parked.process.kill();
      await this.#discard(parked);
    }
    this.#assertWanted(generation);
    this.#exitMessage = null;
    const session = new PiSession(generation, parked, {
      emit: (event) => this.#emit(event),
      settled: (isAborted) => void this.#onSettled(session, isAborted),
    });
    this.#session = session;
    void session.exited.then(({ code, signal, stderr }) => {
      console.log(`taskd: pi of ${this.taskId} ended with ${signal ?? String(code)}`);
      void this.#onExit(session, `pi stopped unexpectedly. ${stderr.split('\n').slice(-3).join(' ')}`.trim());
    });
    const assigned = this.#assignmentOptions(options);
    await handOver(parked, { assigned, piConfig: this.#piConfig, extensions: this.#extensions }, this.services);
    return session;
  }

  async #bootstrapSession(session: PiSession, { model, thinkingLevel }: OpenOptions): Promise<void> {
    this.#tellBootstrap({ status: 'running', model: null, models: [] });
    const current = await session.model();
    const chosen = model !== undefined && current !== model ? await session.setModel(model) : current;
    if (thinkingLevel !== undefined) await session.setThinkingLevel(thinkingLevel);
    this.#tellBootstrap({ status: 'done', model: chosen, models: await session.models() });
  }

  #assignmentOptions({ model }: OpenOptions) {
    return {
      taskId: this.taskId,
      hasWorkingFolder: this.#hasWorkingFolder,
      model: model ?? null,
      gatewayToken: this.services.gatewayToken(this.taskId),
      timeZone: this.services.timeZone(),
    };
  }

  async #onSettled(session: PiSession, isAborted: boolean): Promise<void> {
    tellLimits(session, this.services, (event) => this.#emit(event));
    const promptId = this.#state.kind === 'active' ? this.#state.promptId : null;
    // What the run wrote belongs to it, so the host must have it before the run is over.
    await this.services.syncFiles();
    if (this.#session !== session) return;
    this.#step({ kind: 'settled', gen: session.generation });
    this.#emit({ event: 'agent_settled', payload: { promptId, isAborted } });
    // The figures are optional: if the process ends meanwhile, its end is reported anyway.
    session.tellUsage().catch(() => undefined);
    this.services.lot.refill();
  }

  async #onExit(session: PiSession, message: string): Promise<void> {
    tellLimits(session, this.services, (event) => this.#emit(event));
    // A stop waits for the process's end and reports it itself.
    if (this.#session !== session || this.#state.kind === 'stopped') return;
    // An opening does too: it fails with this message.
    if (this.#state.kind === 'creating') this.#exitMessage = message;
    else if (isLive(this.#state)) {
      this.#step({ kind: 'exited', gen: session.generation, message });
      this.#emit({ event: 'task_error', payload: taskError('PI_PROCESS_DEAD', message) });
    }
    await this.#release(session);
  }

  async #release(session: PiSession): Promise<void> {
    if (this.#session === session) this.#session = null;
    await this.#discard(session.parked);
  }

  async #discard({ relay, slot }: Parked): Promise<void> {
    relay.close();
    await this.services.slots.clear(slot).catch(this.services.onParkingFailure);
  }

  #live(): PiSession {
    if (this.#session && this.isOpen) return this.#session;
    if (this.#state.kind === 'errored') throw new RpcError('PI_PROCESS_DEAD', this.#state.message);
    throw new RpcError('TASK_NOT_READY', 'The task is not open. Open it first.');
  }

  #tellBootstrap(bootstrap: Bootstrap): void {
    this.#bootstrap = bootstrap;
    this.#emit({ event: 'task_bootstrap_state', payload: bootstrap });
  }

  #step(input: TaskInput): void {
    this.#state = step(this.#state, input);
  }

  #emit(event: OutgoingEvent<TaskdApi>): void {
    this.services.emit({ ...event, taskId: this.taskId });
  }
}
