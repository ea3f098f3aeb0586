/**
 * VTCode under our supervisor: one process, one session, one prompt at a time. It asks the bridge before every tool
 * call. Stopping a run ends VTCode and its commands, because VTCode checks for cancellation only between steps.
 */
import { memoryWirePair } from '../../../../schema/capnp/byte-wire';
import { connectBridge, serveBridge } from '../../../../schema/capnp/bridge-connection';
import { ContractError } from '../../../../schema/capnp/contract-error';
import type { BridgeInit, PiExtensionBridge } from '../../../../schema/generated/pi-api';
import { lossesOf } from '../../carrier';
import { HarnessSession } from '../../harness-session';
import { acpCarrier, triedVersion } from '../capabilities';
import { continuationOf } from '../continuation';
import { acpHost, type Supervisor } from './acp-host';
import { AcpPeer, type Exchanged } from './acp-peer';
import { promptBlocks, type Denial } from './prompt-text';
import { startOfRun } from './start-of-run';
import { ToolWatch } from './tool-watch';
import type { VtcodeProcess } from './vtcode-process';

export interface AcpSessionOptions {
  readonly process: VtcodeProcess;
  readonly bridge: PiExtensionBridge;
  readonly init: BridgeInit;
  readonly supervisor: Supervisor;
  /** What the supervisor can show and do in addition to VTCode: `dialogs`, `notify`, `askAct`, `shell` … */
  readonly supervisorCapabilities: readonly string[];
}

/** How a run has ended: `handled` when a rule handled the prompt, `aborted` when the run was stopped. */
export type RunEnd = Exchanged;

interface Opened {
  readonly session: HarnessSession;
  readonly peer: AcpPeer;
}

const aborted: RunEnd = { stopReason: 'aborted', text: '' };

export class AcpSession {
  readonly #stop = new AbortController();
  readonly #denials: Denial[] = [];
  readonly #kept: string[] = [];
  readonly #followUps: string[] = [];
  readonly #closeBridge: () => void;
  readonly #opened: Promise<Opened>;
  #running = 0;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(private readonly options: AcpSessionOptions) {
    const { bridge, init, supervisor, supervisorCapabilities } = options;
    const [near, far] = memoryWirePair();
    serveBridge(far, bridge);
    const connection = connectBridge(near);
    this.#closeBridge = connection.close;
    const mailbox = {
      isBusy: () => this.#running > 0,
      followUp: (text: string) => this.#followUp(text),
      keep: (text: string) => void this.#kept.push(text),
      abort: () => this.abort(),
    };
    this.#opened = this.#open({
      bridge: connection.bridge,
      host: acpHost(supervisor, mailbox),
      ...{ init, harnessVersion: triedVersion, hasUi: supervisorCapabilities.includes('dialogs') },
      carrier: { ...acpCarrier, capabilities: [...acpCarrier.capabilities, ...supervisorCapabilities] },
    });
  }

  /** @throws ContractError when the bridge or VTCode can't be started; VTCode has then ended */
  static async open(options: AcpSessionOptions): Promise<AcpSession> {
    const session = new AcpSession(options);
    try {
      await session.#opened;
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /**
   * Runs what the person wrote, after the current runs, until it has settled.
   *
   * @throws ContractError `disconnected` when VTCode ends unexpectedly
   */
  prompt(text: string): Promise<RunEnd> {
    this.#running += 1;
    const run = this.#queue.then(() => this.#run(text)).finally(() => (this.#running -= 1));
    this.#queue = run.catch(() => undefined);
    return run;
  }

  /** Ends the run, and VTCode with everything that it has started. A later prompt needs a new session. */
  abort(): void {
    this.#stop.abort();
    this.options.process.kill();
  }

  /** Never rejects. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.options.process.kill();
    await this.options.process.exited;
    const opened = await this.#opened.catch(() => null);
    if (opened) {
      opened.session.tell({ which: 'sessionShutdown', sessionShutdown: { reason: 'quit' } });
      await opened.session.shutdown();
    }
    this.#closeBridge();
  }

  async #open(options: Parameters<typeof HarnessSession.open>[0]): Promise<Opened> {
    const session = await HarnessSession.open(options);
    lossesOf(session.manifest, options.carrier).forEach((message) => this.#log(message));
    const watch = new ToolWatch({
      session,
      log: (message) => this.#log(message),
      onDenied: (denial) => void this.#denials.push(denial),
      onEnded: () => this.abort(),
    });
    const peer = new AcpPeer(this.options.process, options.init.cwd, watch, this.#stop.signal);
    await peer.open();
    session.tell({ which: 'sessionStart', sessionStart: { reason: 'startup' } });
    return { session, peer };
  }

  async #run(written: string): Promise<RunEnd> {
    if (this.#isStopped()) throw new ContractError('disconnected', 'This session was stopped. Start another one.');
    const opened = await this.#opened;
    const { session } = opened;
    const started = await startOfRun(session, written, (message) => this.#log(message));
    if (started === null) return { stopReason: 'handled', text: '' };
    session.tell({ which: 'agentStart', agentStart: {} });
    let end = await this.#exchange(opened, started.text, [...this.#kept.splice(0), ...started.notes]);
    for (;;) {
      const next = this.#isStopped() ? null : await this.#next(session);
      if (next === null) break;
      end = await this.#exchange(opened, next, []);
    }
    const { stopReason, text } = end;
    session.tell({ which: 'agentEnd', agentEnd: { messageCount: 0, lastAssistantText: text, stopReason } });
    session.tell({ which: 'agentSettled', agentSettled: { aborted: end === aborted } });
    return end;
  }

  /** What the run continues with, if anything: a waiting message, or a rule's text. */
  async #next(session: HarnessSession): Promise<string | null> {
    const waiting = this.#followUps.shift();
    if (waiting !== undefined) return waiting;
    const agentBeforeSettle = { outcome: 'completed', entries: [], continues: false } as const;
    return continuationOf(await session.ask({ which: 'agentBeforeSettle', agentBeforeSettle }));
  }

  async #exchange({ session, peer }: Opened, text: string, notes: readonly string[]): Promise<RunEnd> {
    const denials = this.#denials.splice(0);
    try {
      const prompt = promptBlocks({ denials, notes, text });
      const end = await peer.exchange(prompt);
      const json = JSON.stringify({ role: 'assistant', content: [{ type: 'text', text: end.text }] });
      session.tell({ which: 'messageEnd', messageEnd: { message: { role: 'assistant', json } } });
      return end;
    } catch (error) {
      if (this.#isStopped()) return aborted;
      throw error;
    }
  }

  #followUp(text: string): void {
    if (this.#running > 0) this.#followUps.push(text);
    // Events report its end; a run that fails is in the log.
    else this.prompt(text).catch((error: unknown) => this.#log(String(error)));
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  #log(message: string): void {
    void this.options.supervisor.log({ level: 'warning', message }).catch(() => undefined);
  }
}
