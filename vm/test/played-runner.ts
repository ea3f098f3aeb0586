/** A runner with effects that the test controls. */
import type { VmFailure, VmPhase, VmStatus } from '../../schema/vm-api';
import { vmFailure } from '../../schema/vm-failures';
import type { QemuMode } from '../machine';
import { VmRunner, type QemuRun, type ReadyFacts } from '../runner';

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** One QEMU that the test controls. */
class FakeQemu implements QemuRun {
  readonly pid: number;
  readonly spawned = deferred<QemuRun>();
  /** The build, or the resume */
  readonly work = deferred<ReadyFacts>();
  readonly #exit = deferred<VmFailure>();
  readonly exited = this.#exit.promise;
  readonly asked: string[] = [];
  isGone = false;

  constructor(
    readonly mode: QemuMode,
    readonly gen: number,
  ) {
    this.pid = 100 + gen;
  }

  readonly logTail = (): string[] => [`log of ${this.gen}`];

  askToEnd(): void {
    this.asked.push('ask');
  }

  kill(): void {
    this.asked.push('kill');
  }

  spawn(): void {
    this.spawned.resolve(this);
  }

  exit(failure = vmFailure('crashed', 'exit code 1')): void {
    this.isGone = true;
    this.#exit.resolve(failure);
  }
}

export const facts: ReadyFacts = { port: 19384, accelerator: 'tcg' };
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A runner whose preparation, processes and timers the test controls. */
export function makeRunner({ hasTemplate = true } = {}) {
  const qemus: FakeQemu[] = [];
  const timers: Array<{ ms: number; due: () => void; isDisposed: boolean }> = [];
  const kept: VmPhase[][] = [];
  let preparation: Deferred<boolean> | null = null;
  let distrusted = 0;
  let clock = 1_000;
  const played = (qemu: FakeQemu | undefined): FakeQemu => {
    if (!qemu) throw new Error('no QEMU was launched');
    return qemu;
  };
  const at = (gen: number): FakeQemu => played(qemus.find((qemu) => qemu.gen === gen));
  const runner = new VmRunner({
    hasTemplate: () => preparation?.promise ?? Promise.resolve(hasTemplate),
    launch: (mode, gen) => {
      const qemu = new FakeQemu(mode, gen);
      qemus.push(qemu);
      return qemu.spawned.promise;
    },
    build: (gen, onPhase) => {
      onPhase('booting_template');
      return at(gen).work.promise.then(() => undefined);
    },
    resume: (gen, onPhase) => {
      onPhase('resuming');
      return at(gen).work.promise;
    },
    distrustTemplate: () => {
      distrusted++;
      return Promise.resolve();
    },
    phaseHistory: () => ({ resuming: [300] }),
    keepPhases: (phases) => kept.push([...phases]),
    bootTimeoutMs: (mode) => (mode === 'build' ? 180_000 : 30_000),
    setTimer: (ms, due) => {
      const timer = { ms, due, isDisposed: false };
      timers.push(timer);
      return { dispose: () => (timer.isDisposed = true) };
    },
    now: () => clock++,
  });
  const statuses: Array<VmStatus['kind']> = [];
  runner.changed.add(({ kind }) => {
    if (statuses.at(-1) !== kind) statuses.push(kind);
    const live = qemus.filter((qemu) => !qemu.isGone);
    expect(live.length).toBeLessThanOrEqual(1);
    if (kind === 'stopped' || kind === 'failed') expect(live.filter(({ gen }) => isSpawned.has(gen))).toEqual([]);
  });
  const isSpawned = new Set<number>();
  return {
    runner,
    qemus,
    timers,
    kept,
    statuses,
    distrustedCount: () => distrusted,
    /** Delays the next preparation */
    prepare: () => (preparation = deferred<boolean>()),
    spawned: async (index = qemus.length - 1): Promise<FakeQemu> => {
      await turn();
      const qemu = played(qemus[index === -1 ? 0 : index]);
      qemu.spawn();
      isSpawned.add(qemu.gen);
      await turn();
      return qemu;
    },
    /** The newest armed timer */
    timer: () => timers.findLast(({ isDisposed }) => !isDisposed),
  };
}

/** A runner whose guest is ready. */
export async function makeReady() {
  const made = makeRunner();
  const start = made.runner.start();
  const qemu = await made.spawned();
  qemu.work.resolve(facts);
  await start;
  return { ...made, qemu };
}

export const failsWith = (reason: VmFailure['reason']): unknown => expect.objectContaining({ reason });
