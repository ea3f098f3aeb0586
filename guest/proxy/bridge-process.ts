/**
 * The bridge's process as the proxy has it: started when the first session asks for it, kept over sessions, started
 * again with a growing delay when it ends, and told its session each time.
 *
 * Calls wait while it starts, for as long as their deadline allows. They never hang, and never leave a rejection that
 * nobody sees: that would end pi.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { connectBridge } from '../../schema/capnp/bridge-connection';
import { ContractError, toContractError } from '../../schema/capnp/contract-error';
import { streamWire } from '../../schema/capnp/stream-wire';
import type { Attach, ExtensionManifest, HostInfo, PiExtensionBridge } from '../../schema/generated/pi-api';

/** What the bridge is told of a session. */
export interface BridgeSession {
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

interface Running {
  readonly child: ChildProcess;
  readonly bridge: PiExtensionBridge;
  /** Its session is attached */
  readonly ready: Promise<ExtensionManifest>;
}

const firstDelayMs = 100;
const maxDelayMs = 10_000;
/** One that lived this long has not failed in a row */
const longLifeMs = 30_000;
/** Under emulation, on a busy computer, loading it takes tens of seconds */
const attachDeadlineMs = 120_000;

export class BridgeProcess {
  #running: Running | null = null;
  #session: BridgeSession | null = null;
  #failures = 0;
  #restart: NodeJS.Timeout | null = null;
  /** Those that wait for the next start */
  #waiting: ((running: Running) => void)[] = [];

  constructor(private readonly command: BridgeCommand) {}

  /** Begins a session, in the process that is there or in a new one. Never throws: what fails is told as trouble. */
  begin(session: BridgeSession): void {
    this.#session = session;
    const running = this.#running;
    if (!running) return this.#start();
    this.#running = { ...running, ready: this.#attach(running.bridge, session) };
  }

  /** The session is over and another follows: nobody is told of anything meanwhile. */
  suspend(): void {
    this.#session = null;
  }

  /** Ends the process with pi itself. */
  end(): void {
    this.#session = null;
    if (this.#restart) clearTimeout(this.#restart);
    this.#restart = null;
    // Its input ends with it, and so does the bridge.
    this.#running?.child.stdin?.end();
    this.#running = null;
  }

  /**
   * Calls the bridge of this session.
   *
   * @throws ContractError `deadlineExceeded`, `cancelled`, `disconnected` when it ended meanwhile, or its own
   */
  async call<T>(
    deadlineMs: number,
    signal: AbortSignal | undefined,
    work: (bridge: PiExtensionBridge, options: { deadlineMs: number; signal?: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const { bridge, ready } = await within(this.#next(), deadlineMs, signal);
    await within(ready, deadlineMs, signal);
    return work(bridge, { deadlineMs, ...(signal ? { signal } : {}) });
  }

  #next(): Promise<Running> {
    if (this.#running) return Promise.resolve(this.#running);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #start(): void {
    const session = this.#session;
    if (!session || this.#running) return;
    const { program, words } = this.command;
    const startedAt = performance.now();
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    const { bridge, closed, close } = connectBridge(streamWire(child.stdout, child.stdin));
    const running: Running = { child, bridge, ready: this.#attach(bridge, session) };
    this.#running = running;
    for (const resolve of this.#waiting.splice(0)) resolve(running);
    const onEnd = (why: string): void => {
      close();
      child.kill('SIGKILL');
      if (this.#running?.child !== child) return;
      this.#running = null;
      this.#startAgain(why, performance.now() - startedAt);
    };
    child.once('error', (error) => onEnd(error.message));
    child.once('exit', (code, signal) => onEnd(signal === null ? `exit ${code}` : signal));
    // A bad frame ends the connection, and with it the process.
    void closed.then((error) => onEnd(error.message));
    // pi ends when its own work ends.
    child.unref();
  }

  #attach(bridge: PiExtensionBridge, session: BridgeSession): Promise<ExtensionManifest> {
    const options = { deadlineMs: attachDeadlineMs };
    const ready = bridge.attach(session.attach, options).then(() => bridge.describe(session.info, options));
    ready.then(
      (manifest) => {
        if (this.#session === session) session.onReady(manifest);
      },
      (error: unknown) => {
        if (this.#session === session) session.onTrouble(toContractError(error).message);
        // One that cannot take a session is of no use; another try may be.
        if (this.#running?.bridge === bridge) this.#running.child.kill('SIGKILL');
      },
    );
    return ready;
  }

  #startAgain(why: string, livedMs: number): void {
    this.#failures = livedMs > longLifeMs ? 1 : this.#failures + 1;
    this.#session?.onTrouble(why);
    const delayMs = Math.min(maxDelayMs, firstDelayMs * 2 ** (this.#failures - 1));
    this.#restart = setTimeout(() => this.#start(), delayMs);
    this.#restart.unref();
  }
}

/** @throws ContractError when it takes too long or is given up */
function within<T>(work: Promise<T>, deadlineMs: number, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => end(() => reject(new ContractError('cancelled', 'The run was stopped.')));
    const timer = setTimeout(
      () => end(() => reject(new ContractError('notReady', 'The extension process is not running.'))),
      deadlineMs,
    );
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(toContractError(error))),
    );
  });
}
