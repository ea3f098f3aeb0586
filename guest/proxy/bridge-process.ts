/**
 * The bridge's process as the proxy has it: started when the first session asks for it, kept over sessions, started
 * again with a growing delay when it ends, and told its session each time.
 *
 * Calls wait while it loads, and a short while for its next start. They never hang, and never leave a rejection that
 * nobody sees: that would end pi.
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
import { within } from './within';

/** What the bridge is told of a session. */
export interface AttachedSession {
  readonly attach: Attach;
  readonly info: HostInfo;
  /** Called whenever the bridge is up, with what it serves; again after each restart. Neither may throw */
  readonly onReady: (manifest: ExtensionManifest) => void;
  /** It ended, or could not be started */
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
  /** One that was of use for this long has not failed in a row */
  readonly longLifeMs: number;
  /** Under emulation, on a busy computer, loading it takes tens of seconds */
  readonly attachDeadlineMs: number;
  /** How long a call waits for the next start; a bridge that does not come up is no reason to hang */
  readonly outagePatienceMs: number;
  readonly shutdownDeadlineMs: number;
}

const usualTimes: BridgeTimes = {
  firstDelayMs: 100,
  maximumDelayMs: 10_000,
  longLifeMs: 30_000,
  attachDeadlineMs: 120_000,
  outagePatienceMs: 3_000,
  shutdownDeadlineMs: 2_000,
};

export interface CallLimits {
  readonly deadlineMs: number;
  /** How long the loading of the bridge is waited for, milliseconds; where it is not said, until it is up or given up */
  readonly patienceMs?: number;
  /** Waits a short while for the next start, where it has ended; else such a call fails at once */
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
  /** Its session is attached */
  readonly ready: Promise<ExtensionManifest>;
  /** It is of no use any more */
  readonly end: (why: string) => void;
}

const isDown = (): ContractError => new ContractError('notReady', "The extension isn't running.");
const isLoading = (): ContractError => new ContractError('notReady', "The extension didn't start in time.");

export class BridgeProcess {
  #running: Running | null = null;
  #session: AttachedSession | null = null;
  #manifest: ExtensionManifest | null = null;
  #attached: PiExtensionBridge | null = null;
  #failures = 0;
  #restart: NodeJS.Timeout | null = null;
  /** Those that wait for the next start */
  readonly #waiting = new Set<(running: Running) => void>();
  readonly #times: BridgeTimes;

  constructor(
    private readonly command: BridgeCommand,
    times: Partial<BridgeTimes> = {},
  ) {
    this.#times = { ...usualTimes, ...times };
  }

  /** Whether it serves a session now. */
  get isUp(): boolean {
    return this.#session !== null && this.#running !== null && this.#attached === this.#running.bridge;
  }

  /** What it said last that it serves; `null` until it has been up once. */
  get manifest(): ExtensionManifest | null {
    return this.#manifest;
  }

  /** Begins a session, in the process that is there or in a new one. Never throws: what fails is told as trouble. */
  begin(session: AttachedSession): void {
    this.#session = session;
    const running = this.#running;
    if (!running) return this.#start();
    this.#running = { ...running, ready: this.#attach(running.bridge, session) };
  }

  /** The session is over; without `keeps` so is the process. Resolves when what is to be kept is kept. Never rejects. */
  async finish(reason: ShutdownReason, keeps: boolean): Promise<void> {
    const running = this.#running;
    // Nobody is told of anything meanwhile.
    this.#session = null;
    const deadlineMs = this.#times.shutdownDeadlineMs;
    if (running) {
      const shutdown = running.ready.then(() => running.bridge.shutdown({ reason }, { deadlineMs }));
      await within(shutdown, { deadlineMs, late: isLoading() }).catch(() => undefined);
    }
    if (keeps) return;
    if (this.#restart) clearTimeout(this.#restart);
    this.#restart = null;
    // Its input ends with it, and so does the bridge.
    running?.child.stdin?.end();
    if (this.#running?.child === running?.child) this.#running = null;
  }

  /**
   * Calls the bridge of this session.
   *
   * @throws ContractError `notReady`, `deadlineExceeded`, `cancelled`, `disconnected` when it ended meanwhile, or its own
   */
  async call<T>(limits: CallLimits, work: BridgeWork<T>): Promise<T> {
    const { deadlineMs, signal } = limits;
    const { bridge } = await this.ready(limits);
    return work(bridge, { deadlineMs, ...(signal ? { signal } : {}) });
  }

  /** Waits until it is up. @throws ContractError `notReady`, `cancelled`, or why it could not take the session */
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
    // However pi ends, the bridge does not stay behind.
    process.once('exit', kill);
    const end = (why: string): void => {
      close();
      kill();
      process.removeListener('exit', kill);
      if (this.#running?.child !== child) return;
      this.#running = null;
      this.#startAgain(why);
    };
    const running: Running = { child, bridge, end, ready: this.#attach(bridge, session) };
    this.#running = running;
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal === null ? `exit ${code}` : signal));
    // A bad frame ends the connection, and with it the process.
    void closed.then((error) => end(error.message));
    // pi ends when its own work ends.
    child.unref();
    for (const resolve of this.#waiting) resolve(running);
  }

  #attach(bridge: PiExtensionBridge, session: AttachedSession): Promise<ExtensionManifest> {
    const options = { deadlineMs: this.#times.attachDeadlineMs };
    const ready = bridge
      .attach(session.attach, options)
      .then(() => bridge.describe(session.info, options))
      .then((manifest) => {
        requireProtocol(manifest.protocolVersion, `The extension ${manifest.name}`);
        return manifest;
      });
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
        // One that cannot take a session is of no use; another try may be.
        if (this.#running?.bridge === bridge) this.#running.end(toContractError(error).message);
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
