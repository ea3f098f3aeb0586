/**
 * The bridge's process, as the proxy sees it: starts with the first session, lives across sessions, and restarts with a
 * growing delay when it ends. It gets its session after each start.
 *
 * Calls wait while the bridge loads, and for a short time until a restart. They never hang, and never leave an
 * unhandled rejection, which would end pi.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { connectBridge } from '../../schema/capnp/bridge-connection';
import { ContractError, toContractError } from '../../schema/capnp/contract-error';
import { requireProtocol } from '../../schema/capnp/protocol-version';
import { streamWire } from '../../schema/capnp/stream-wire';
import type {
  Attach,
  ExtensionManifest,
  HostInfo,
  PiExtensionBridge,
  ShutdownReason,
} from '../../schema/generated/pi-api';
import { cpuSecondsOf, watchForStall } from '../taskd/pi/patience';
import { within } from './within';

/** A session to attach the bridge to. */
export interface AttachedSession {
  readonly attach: Attach;
  readonly info: HostInfo;
  /** Called with the manifest whenever the bridge is up, so also after each restart. Neither callback may throw */
  readonly onReady: (manifest: ExtensionManifest) => void;
  /** The bridge ended, or couldn't be started */
  readonly onTrouble: (why: string) => void;
}

export interface BridgeCommand {
  readonly program: string;
  readonly words: readonly string[];
}

/** All in milliseconds. */
export interface BridgeTimes {
  readonly firstDelayMs: number;
  readonly maximumDelayMs: number;
  /** A bridge that served for this long resets the count of failures in a row */
  readonly longLifeMs: number;
  /** Loading can take minutes under emulation on a busy computer */
  readonly attachDeadlineMs: number;
  /** A bridge that does nothing for half of this, and doesn't answer, is stuck */
  readonly attachStillMs: number;
  /** How long a call waits for the next start, so that a bridge that never starts doesn't hang it */
  readonly outagePatienceMs: number;
  readonly shutdownDeadlineMs: number;
}

const usualTimes: BridgeTimes = {
  firstDelayMs: 100,
  maximumDelayMs: 10_000,
  longLifeMs: 30_000,
  attachDeadlineMs: 15 * 60_000,
  attachStillMs: 60_000,
  outagePatienceMs: 3_000,
  shutdownDeadlineMs: 2_000,
};

export interface CallLimits {
  readonly deadlineMs: number;
  /** How long to wait while the bridge loads, milliseconds; if absent, until it is up or has failed */
  readonly patienceMs?: number;
  /** Whether to wait a short time for the next start when the bridge has ended; otherwise the call fails immediately */
  readonly waitsForStart?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export type BridgeWork<T> = (
  bridge: PiExtensionBridge,
  options: { deadlineMs: number; signal?: AbortSignal },
) => Promise<T>;

interface Running {
  readonly child: ChildProcess;
  readonly bridge: PiExtensionBridge;
  /** Resolves when its session is attached */
  readonly ready: Promise<ExtensionManifest>;
  /** Ends this process, because it can no longer be used */
  readonly end: (why: string) => void;
}

const isDown = (): ContractError => new ContractError('notReady', "The extension isn't running.");
const isLoading = (): ContractError => new ContractError('notReady', "The extension didn't start in time.");

export class BridgeProcess {
  #running: Running | null = null;
  #session: AttachedSession | null = null;
  #manifest: ExtensionManifest | null = null;
  #attached: PiExtensionBridge | null = null;
  /** The bridge has left the last session, or can't; the next one must not come before that */
  #left: Promise<unknown> = Promise.resolve();
  #failures = 0;
  #restart: NodeJS.Timeout | null = null;
  /** Calls that wait for the next start */
  readonly #waiting = new Set<(running: Running) => void>();
  readonly #times: BridgeTimes;

  constructor(
    private readonly command: BridgeCommand,
    times: Partial<BridgeTimes> = {},
  ) {
    this.#times = { ...usualTimes, ...times };
  }

  /** Whether the bridge serves a session now. */
  get isUp(): boolean {
    return this.#session !== null && this.#running !== null && this.#attached === this.#running.bridge;
  }

  /** The last manifest that the bridge sent; `null` until it has been up once. */
  get manifest(): ExtensionManifest | null {
    return this.#manifest;
  }

  /** Begins a session, in the running process or in a new one. Never throws: failures go to `onTrouble`. */
  begin(session: AttachedSession): void {
    this.#session = session;
    const running = this.#running;
    if (!running) return this.#start();
    const ready = this.#left.then(() => this.#attach(running, session));
    ready.catch(() => undefined);
    this.#running = { ...running, ready };
  }

  /**
   * Ends the session, and also the process unless `keeps`. Resolves when the bridge has saved what it keeps, or is slow:
   * it then does so before the next session. Never rejects.
   */
  async finish(reason: ShutdownReason, keeps: boolean): Promise<void> {
    const running = this.#running;
    // From here on no callback of the session is called.
    this.#session = null;
    const deadlineMs = this.#times.shutdownDeadlineMs;
    if (running) {
      const shutdown = running.ready.then(() => running.bridge.shutdown({ reason }, { deadlineMs }));
      this.#left = shutdown.catch(() => undefined);
      await within(shutdown, { deadlineMs, late: isLoading() }).catch(() => undefined);
    }
    if (keeps) return;
    if (this.#restart) clearTimeout(this.#restart);
    this.#restart = null;
    // The bridge ends when its input ends.
    running?.child.stdin?.end();
    if (this.#running?.child === running?.child) this.#running = null;
  }

  /**
   * Calls the bridge of this session.
   *
   * @throws ContractError `notReady`, `deadlineExceeded`, `cancelled`, `disconnected` when the bridge ends during the
   *   call, or the bridge's own error
   */
  async call<T>(limits: CallLimits, work: BridgeWork<T>): Promise<T> {
    const { deadlineMs, signal } = limits;
    const { bridge } = await this.ready(limits);
    return work(bridge, { deadlineMs, ...(signal ? { signal } : {}) });
  }

  /**
   * Waits until the bridge is up. @throws ContractError `notReady`, `cancelled`, or the reason why it couldn't take the
   * session
   */
  async ready(limits: Omit<CallLimits, 'deadlineMs'>): Promise<Running> {
    const { patienceMs, waitsForStart = false, signal } = limits;
    if (!this.#session || (!this.#running && !waitsForStart)) throw isDown();
    const running = this.#running ?? (await this.#nextStart(this.#times.outagePatienceMs, signal));
    await within(running.ready, { deadlineMs: patienceMs, signal, late: isLoading() });
    return running;
  }

  async #nextStart(deadlineMs: number, signal: AbortSignal | undefined): Promise<Running> {
    let waiter: ((running: Running) => void) | undefined;
    const next = new Promise<Running>((resolve) => this.#waiting.add((waiter = resolve)));
    try {
      return await within(next, { deadlineMs, signal, late: isDown() });
    } finally {
      if (waiter) this.#waiting.delete(waiter);
    }
  }

  #start(): void {
    const session = this.#session;
    if (!session || this.#running) return;
    const { program, words } = this.command;
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    const { bridge, closed, close } = connectBridge(streamWire(child.stdout, child.stdin));
    const kill = (): void => void child.kill('SIGKILL');
    // The bridge ends with pi, however pi ends.
    process.once('exit', kill);
    const end = (why: string): void => {
      close();
      kill();
      process.removeListener('exit', kill);
      if (this.#running?.child !== child) return;
      this.#running = null;
      this.#startAgain(why);
    };
    const running: Running = { child, bridge, end, ready: this.#attach({ child, bridge }, session) };
    this.#running = running;
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal === null ? `exit ${code}` : signal));
    // A bad frame closes the connection, so end the process too.
    void closed.then((error) => end(error.message));
    // Don't keep pi alive for the bridge.
    child.unref();
    for (const resolve of this.#waiting) resolve(running);
  }

  #attach({ child, bridge }: Pick<Running, 'child' | 'bridge'>, session: AttachedSession): Promise<ExtensionManifest> {
    const options = { deadlineMs: this.#times.attachDeadlineMs };
    const ready = bridge
      .attach(session.attach, options)
      .then(() => bridge.describe(session.info, options))
      .then((manifest) => {
        requireProtocol(manifest.protocolVersion, `The extension ${manifest.name}`);
        return manifest;
      });
    const endThis = (why: string): void => {
      if (this.#running?.bridge === bridge) this.#running.end(why);
    };
    const cpuSeconds = (): Promise<number> => cpuSecondsOf(child.pid ?? -1);
    const stopWatching = watchForStall(cpuSeconds, this.#times.attachStillMs, () => endThis(isLoading().message));
    ready.then(stopWatching, stopWatching);
    ready.then(
      (manifest) => {
        this.#manifest = manifest;
        this.#attached = bridge;
        setTimeout(() => {
          if (this.#running?.bridge === bridge) this.#failures = 0;
        }, this.#times.longLifeMs).unref();
        if (this.#session === session) session.onReady(manifest);
      },
      (error: unknown) => {
        // A bridge that can't take a session can't be used; a new process may work.
        endThis(toContractError(error).message);
      },
    );
    return ready;
  }

  #startAgain(why: string): void {
    this.#failures += 1;
    this.#session?.onTrouble(why);
    const { firstDelayMs, maximumDelayMs } = this.#times;
    const delayMs = Math.min(maximumDelayMs, firstDelayMs * 2 ** (this.#failures - 1));
    this.#restart = setTimeout(() => this.#start(), delayMs);
    this.#restart.unref();
  }
}
