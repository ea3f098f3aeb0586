/**
 * Performs what the machine decides, through injected effects, and reports every change.
 *
 * One runner, one VM. Any caller may call `start` and `stop` at any time.
 */
import { Listeners, type Disposable } from '../schema/transport';
import type { Accelerator, VmFailure, VmFailureReason, VmPhase, VmPhaseName, VmStatus } from '../schema/vm-api';
import { vmFailure } from '../schema/vm-failures';
import { toVmFailure, VmFailureError } from './failures';
import { step, type QemuMode, type VmEffect, type VmInput, type VmState } from './machine';
import { beginPhase, endPhases, type PhaseHistory } from './phases';

/** A live QEMU as the runner sees it. */
export interface QemuRun {
  readonly pid: number;
  readonly exited: Promise<VmFailure>;
  readonly logTail: () => readonly string[];
  /** First step of ending: the guest's own shutdown if it can be asked, otherwise SIGTERM */
  askToEnd(): void;
  kill(): void;
}

/** How to reach a resumed guest. */
export interface ReadyFacts {
  readonly port: number;
  readonly accelerator: Accelerator;
}

export interface RunnerEffects {
  hasTemplate(onPhase: (phase: VmPhaseName) => void): Promise<boolean>;
  /** @throws VmFailureError */
  launch(mode: QemuMode, gen: number): Promise<QemuRun>;
  /** Resolves when the template is in its place. */
  build(gen: number, onPhase: (phase: VmPhaseName) => void): Promise<void>;
  /** Resolves when the guest has said `hello`. */
  resume(gen: number, onPhase: (phase: VmPhaseName) => void): Promise<ReadyFacts>;
  /** Called when a resume failed: its template must not be used again */
  distrustTemplate(): Promise<void>;
  phaseHistory(): PhaseHistory;
  keepPhases(phases: readonly VmPhase[]): void;
  /** How long a start may go without a sign of life */
  bootTimeoutMs(mode: QemuMode): number;
  setTimer(ms: number, onDue: () => void): Disposable;
  now(): number;
}

/** The preparation before a process exists. A stop during it has no process to end. */
interface Preparation {
  readonly hasTemplate: Promise<boolean>;
  isGivenUp: boolean;
}

/** Failures that don't mean that the resumed template is bad. */
const hostReasons: ReadonlySet<VmFailure['reason']> = new Set(['disk_full', 'port_taken']);

/** A start that keeps showing signs of life is given its time this often again: a guest may print forever. */
const mostRenewals = 6;

/** Milliseconds that the guest has to end pi processes and sync, before QEMU is killed. */
const endBudgetMs = 4_000;

/** Failures of a start that may not happen again next time. */
const passing: ReadonlySet<VmFailureReason> = new Set(['template_failed', 'crashed']);

export class VmRunner {
  readonly changed = new Listeners<VmStatus>();
  #state: VmState = { kind: 'stopped' };
  #lastGen = 0;
  #run: QemuRun | null = null;
  #phases: readonly VmPhase[] = [];
  #facts: ReadyFacts | null = null;
  #timer: Disposable | null = null;
  /** Signs of life of the current start */
  #signs = 0;
  #startedAt = 0;
  #readyAfterMs = 0;
  #preparing: Preparation | null = null;

  constructor(private readonly effects: RunnerEffects) {}

  get status(): VmStatus {
    const state = this.#state;
    const phases = [...this.#phases];
    switch (state.kind) {
      case 'stopped':
        return this.#preparing ? { kind: 'resuming', phases, pid: null } : { kind: 'stopped' };
      case 'failed':
        return this.#preparing ? { kind: 'resuming', phases, pid: null } : state;
      case 'starting':
        return { kind: state.mode === 'build' ? 'building_template' : 'resuming', phases, pid: state.pid };
      case 'ready': {
        const { port, accelerator } = this.#facts ?? { port: 0, accelerator: 'tcg' };
        return { kind: 'ready', phases, pid: state.pid, port, accelerator, startMs: this.#readyAfterMs };
      }
      case 'stopping':
        return { kind: 'stopping', pid: state.pid };
    }
  }

  /**
   * Resolves when ready. A call during a start joins it. A start that fails this way is tried once more: under
   * emulation a kernel sometimes fails to boot, and QEMU itself has crashed.
   * @throws VmFailureError
   */
  async start(): Promise<ReadyFacts> {
    try {
      return await this.#startOnce();
    } catch (error) {
      // When a person stops a start, the state is `stopped`.
      const hasBroken = this.#state.kind === 'failed' && error instanceof VmFailureError && passing.has(error.reason);
      if (!hasBroken) throw error;
      return this.#startOnce();
    }
  }

  async #startOnce(): Promise<ReadyFacts> {
    if (this.#preparing?.isGivenUp) await this.#prepared();
    if (this.#state.kind === 'stopping') await this.#until((state) => state.kind !== 'stopping');
    if (this.#state.kind === 'stopped' || this.#state.kind === 'failed') await this.#begin();
    await this.#until((state) => state.kind !== 'starting' && state.kind !== 'stopping');
    // Read again, because TypeScript narrowed the state before the wait.
    const after = this.#state;
    if (after.kind === 'ready' && this.#facts) return this.#facts;
    if (after.kind === 'failed') throw new VmFailureError(after.failure.reason);
    throw new VmFailureError('crashed', 'The workspace was stopped before it was ready.');
  }

  /** The guest has printed something: a slow start isn't a stuck one. */
  showSign(): void {
    this.#signs += 1;
  }

  /** Resolves when no QEMU exists. */
  async stop(): Promise<void> {
    if (this.#preparing) {
      this.#preparing.isGivenUp = true;
      await this.#prepared();
    }
    this.#feed({ kind: 'stop' });
    await this.#until((state) => state.kind === 'stopped' || state.kind === 'failed');
  }

  /** Two calls before a process exists share one preparation. */
  async #begin(): Promise<void> {
    if (this.#preparing) return this.#prepared();
    this.#startedAt = this.effects.now();
    this.#phases = [];
    const found = this.effects.hasTemplate((phase) => this.#phase(phase));
    const preparation: Preparation = {
      hasTemplate: found.finally(() => (this.#preparing = null)),
      isGivenUp: false,
    };
    this.#preparing = preparation;
    this.#tell();
    try {
      const hasTemplate = await preparation.hasTemplate;
      if (!preparation.isGivenUp) return this.#feed({ kind: 'start', hasTemplate });
      this.#state = { kind: 'stopped' };
    } catch (error) {
      this.#state = { kind: 'failed', failure: toVmFailure(error, 'spawn_failed') };
    }
    this.#tell();
  }

  /** Resolves after the preparation and what follows directly from it. */
  async #prepared(): Promise<void> {
    await this.#preparing?.hasTemplate.catch(() => undefined);
  }

  #feed(input: VmInput): void {
    const before = this.#state;
    const [next, ...effects] = step(before, input, this.#lastGen + 1);
    this.#state = next;
    if (next !== before) {
      if (next.kind !== 'starting') this.#timer?.dispose();
      if (next.kind === 'stopped' || next.kind === 'failed' || next.kind === 'ready') this.#finishPhases();
    }
    for (const effect of effects) this.#perform(effect);
    if (next !== before) this.#tell();
  }

  #perform(effect: VmEffect): void {
    switch (effect.kind) {
      case 'spawn':
        this.#lastGen = effect.gen;
        void this.#launch(effect.mode, effect.gen);
        return;
      case 'arm-boot':
        return this.#followStart(effect.gen, this.effects.bootTimeoutMs(effect.mode), mostRenewals);
      case 'arm-term':
        return this.#arm(endBudgetMs, () => this.#feed({ kind: 'term-timer', gen: effect.gen }));
      case 'ask-to-end':
        this.#run?.askToEnd();
        return;
      case 'kill':
        this.#run?.kill();
        return;
    }
  }

  async #launch(mode: QemuMode, gen: number): Promise<void> {
    const onPhase = (phase: VmPhaseName): void => this.#phase(phase);
    let run: QemuRun;
    try {
      run = await this.effects.launch(mode, gen);
      this.#run = run;
      void run.exited.then((failure) => this.#onExit(gen, mode, failure));
      this.#feed({ kind: 'spawned', gen, pid: run.pid });
    } catch (error) {
      return this.#feed({ kind: 'spawn-failed', gen, failure: toVmFailure(error, 'spawn_failed') });
    }
    try {
      if (mode === 'build') {
        await this.effects.build(gen, onPhase);
        this.#feed({ kind: 'template-saved', gen });
        // The paused guest is no longer needed, and an orderly end could still write to its memory.
        run.kill();
      } else {
        this.#facts = await this.effects.resume(gen, onPhase);
        this.#readyAfterMs = this.effects.now() - this.#startedAt;
        this.#feed({ kind: 'hello', gen });
      }
    } catch (error) {
      const failure = toVmFailure(error, mode === 'build' ? 'template_failed' : 'guest_failed', run.logTail());
      this.#feed({ kind: 'start-failed', gen, failure });
    }
  }

  async #onExit(gen: number, mode: QemuMode, failure: VmFailure): Promise<void> {
    if (mode === 'resume' && this.#isFailedStart(gen) && !hostReasons.has(failure.reason)) {
      // If it can't be removed, the next start tries again.
      await this.effects.distrustTemplate().catch(() => undefined);
    }
    this.#run = null;
    this.#feed({ kind: 'exited', gen, failure });
  }

  /** Whether this process ends before it was ready, and not because a person stopped it. */
  #isFailedStart(gen: number): boolean {
    const state = this.#state;
    if (state.kind === 'starting') return state.gen === gen && !state.isStopRequested;
    return state.kind === 'stopping' && state.gen === gen && state.because !== null;
  }

  #followStart(gen: number, ms: number, renewals: number): void {
    const before = this.#signs;
    this.#arm(ms, () => {
      if (this.#signs > before && renewals > 0) return this.#followStart(gen, ms, renewals - 1);
      this.#feed({ kind: 'boot-timer', gen, failure: vmFailure('boot_timeout', '', this.#run?.logTail()) });
    });
  }

  #arm(ms: number, onDue: () => void): void {
    this.#timer?.dispose();
    this.#timer = this.effects.setTimer(ms, onDue);
  }

  #phase(name: VmPhaseName): void {
    this.showSign();
    this.#phases = beginPhase(this.#phases, name, this.effects.now(), this.effects.phaseHistory());
    this.#tell();
  }

  #finishPhases(): void {
    this.#phases = endPhases(this.#phases, this.effects.now());
    if (this.#state.kind === 'ready') this.effects.keepPhases(this.#phases);
  }

  #tell(): void {
    this.changed.emit(this.status);
  }

  #until(isDone: (state: VmState) => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (isDone(this.#state)) return resolve();
      const waiting = this.changed.add(() => {
        if (!isDone(this.#state)) return;
        waiting.dispose();
        resolve();
      });
    });
  }
}
