/** Connects one pi session to the bridge: sends events through their arms, and serves what the bridge asks for. */
import {
  protocolVersion,
  type BridgeInit,
  type ExtensionManifest,
  type ShutdownReason,
} from '../../schema/generated/pi-api';
import { ContractError } from '../../schema/capnp/contract-error';
import { armOf, kindOf } from './arms/all-arms';
import type { BridgeProcess } from './bridge-process';
import { CallsUnderWay } from './calls-under-way';
import { EventFlow } from './event-flow';
import { capabilitiesOf } from './host/capabilities';
import type { Live } from './host/live-session';
import { piHost } from './host/pi-host';
import type { Pi, PiContext } from './pi';
import { registerFlags } from './register/manifest-file';
import { Registration } from './register/registration';

const statusKey = 'piwork-bridge';

export interface BridgeSessionOptions {
  readonly process: BridgeProcess;
  readonly harnessVersion: string;
  readonly init: (context: PiContext) => BridgeInit;
  /** The folder that acts are asked about, an absolute path */
  readonly workdir: string;
  /** Written in advance, for what pi needs before the bridge is up */
  readonly manifest: ExtensionManifest | null;
  /** For developers */
  readonly log: (text: string) => void;
}

interface Under extends Live {
  readonly sessionId: string;
  readonly registration: Registration;
  readonly capabilities: readonly string[];
}

export class BridgeSession {
  readonly #calls = new CallsUnderWay();
  readonly #events: EventFlow;
  #under: Under | null = null;
  #isInTrouble = false;

  constructor(
    private readonly pi: Pi,
    private readonly options: BridgeSessionOptions,
  ) {
    const { process, manifest, log } = options;
    const tell = (text: string): void => this.#tell(text);
    // Registered before the gate, which may ask about the call.
    pi.on('tool_call', (event) => this.#calls.remember(event));
    pi.on('tool_execution_end', (event) => this.#calls.forget(event));
    this.#events = new EventFlow({ pi, process, tell, log, sessionId: () => this.#under?.sessionId ?? '' });
    pi.on('session_start', (event, context) => this.#begin(event, context));
    pi.on('session_shutdown', (event) => this.#finish(event));
    const known = process.manifest ?? manifest;
    if (!known) return;
    this.#events.learn(known, process.manifest ? 'bridge' : 'file');
    registerFlags(pi, known.flags);
    if (known.events.some(({ name }) => name === 'project_trust')) {
      pi.on('project_trust', (event, context) => this.#trust(event, context));
    }
  }

  async #begin(event: object, context: PiContext): Promise<void> {
    const { process, harnessVersion, init, manifest } = this.options;
    const known = process.manifest ?? manifest;
    const bridgeInit = init(context);
    const under = this.#enter(context, known, bridgeInit.limits.toolMs);
    // What the bridge served before is available from the first prompt, while the bridge still loads.
    if (known) under.registration.register(known);
    const { mode, hasUI: hasUi } = context;
    process.begin({
      attach: { host: this.#host(under), init: bridgeInit },
      info: { harness: 'pi', harnessVersion, protocolVersion, mode, hasUi, capabilities: under.capabilities },
      onReady: (ready) => this.#onReady(ready),
      onTrouble: (why) => this.#tellTrouble(`The extension is restarting: ${why}`),
    });
    await this.#whenKnown('session_start', event);
  }

  #enter(context: PiContext, known: ExtensionManifest | null, toolMs: number): Under {
    const { pi } = this;
    const registration = new Registration({
      ...{ pi, process: this.options.process, calls: this.#calls, toolMs },
      tell: (text) => this.#tell(text),
    });
    const sessionId = context.sessionManager.getSessionId();
    const capabilities = capabilitiesOf(pi, context, { hasFlags: (known?.flags.length ?? 0) > 0 });
    return (this.#under = { pi, context, sessionId, registration, capabilities });
  }

  #host(under: Under) {
    const { workdir, log } = this.options;
    const live = (): Live => {
      // When a session ends, its pi objects start to throw.
      if (this.#under === under) return under;
      throw new ContractError('notReady', 'The session has ended.');
    };
    return piHost({ live, calls: this.#calls, workdir, log });
  }

  /** Sends the start of the first session only after the bridge has said that it wants this event. */
  async #whenKnown(name: string, event: object): Promise<void> {
    const { process } = this.options;
    if (process.manifest) {
      await this.#events.emit(name, event);
      return;
    }
    const under = this.#under;
    process.ready({}).then(
      () => (this.#under === under ? this.#events.emit(name, event) : undefined),
      () => undefined,
    );
  }

  async #finish(event: object): Promise<void> {
    const { reason = 'quit' } = event as { reason?: ShutdownReason };
    await this.#events.emit('session_shutdown', event);
    await this.options.process.finish(reason, reason !== 'quit');
    this.#under = null;
  }

  async #trust(event: object, { mode, hasUI: hasUi }: PiContext): Promise<unknown> {
    const arm = armOf('project_trust');
    const { cwd } = event as { cwd: string };
    // Before a session there is no bridge to ask, so the gate is closed.
    if (!this.options.process.isUp) return arm.refuse?.('', event, { tell: () => undefined });
    const { deadlineMs } = kindOf('project_trust');
    return (await this.#events.emit('project_trust', { cwd, mode, hasUi, deadlineMs })) ?? { trusted: 'undecided' };
  }

  #onReady(manifest: ExtensionManifest): void {
    this.#tellTrouble(undefined);
    this.#events.learn(manifest, 'bridge');
    this.#under?.registration.register(manifest);
    const missing = manifest.needs.filter((name) => !this.#under?.capabilities.includes(name));
    if (missing.length > 0)
      this.#tell(`${manifest.name} needs something this version of pi doesn't have: ${missing.join(', ')}.`);
  }

  #tellTrouble(text: string | undefined): void {
    if (text === undefined && !this.#isInTrouble) return;
    this.#isInTrouble = text !== undefined;
    this.#under?.context.ui.setStatus(statusKey, text);
  }

  #tell(text: string): void {
    this.#under?.context.ui.notify(text, 'warning');
  }
}
