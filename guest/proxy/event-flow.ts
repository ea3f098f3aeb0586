/**
 * Carries an event from pi to the bridge, and the answer back. Without an answer a gate says no and everything else
 * continues. No failure here reaches pi.
 */
import { ContractError, toContractError } from '../../schema/capnp/contract-error';
import { protocolVersion, type ExtensionManifest, type PiEventResponse } from '../../schema/generated/pi-api';
import { armOf, kindOf } from './arms/all-arms';
import type { Applying, Arm } from './arms/arm';
import type { BridgeProcess } from './bridge-process';
import { HotEvents, isHot } from './hot-events';
import type { Pi, PiContext } from './pi';
import { Subscriptions, type ManifestSource, type Plan } from './subscriptions';

/** Needs a running bridge */
const gatedBefore = 'tool_call';
/** Events that the first prompt depends on, so they wait while the bridge loads */
const awaitedBefore: ReadonlySet<string> = new Set([gatedBefore, 'before_agent_start']);
/** The session itself sends these, because it begins and ends with them */
const sessionsOwn: ReadonlySet<string> = new Set(['session_start', 'session_shutdown', 'project_trust']);
/** How many notifications may wait while the bridge loads */
const maximumWaiting = 1_000;

export interface EventFlowOptions extends Applying {
  readonly pi: Pick<Pi, 'on'>;
  readonly process: Pick<BridgeProcess, 'call' | 'ready'>;
  readonly sessionId: () => string;
  /** For developers */
  readonly log: (text: string) => void;
}

interface ToolFields {
  readonly toolCallId?: string;
  readonly toolName?: string;
  readonly signal?: AbortSignal;
}

export class EventFlow {
  readonly #subscriptions = new Subscriptions();
  readonly #listening = new Set<string>();
  readonly #hot = new HotEvents((name, event) => this.#notify(name, event));
  #seq = 0;
  #turn = 0;
  #waiting = 0;

  constructor(private readonly options: EventFlowOptions) {
    for (const name of awaitedBefore) this.#listen(name);
    options.pi.on('turn_start', () => void (this.#turn += 1));
  }

  /** Subscribes to the events that the manifest wants. Events that it no longer wants are no longer sent. */
  learn(manifest: Pick<ExtensionManifest, 'events'>, source: ManifestSource): void {
    this.#subscriptions.learn(manifest, source);
    for (const { name } of manifest.events) this.#listen(name);
  }

  /** Sends an event and returns the answer for pi. Never rejects. */
  async emit(name: string, event: object, signal?: AbortSignal): Promise<unknown> {
    const arm = armOf(name);
    const { toolName } = event as ToolFields;
    this.#hot.flush();
    try {
      if (awaitedBefore.has(name)) await this.#untilKnown(name, signal);
      const plan = this.#subscriptions.planFor(name, toolName);
      if (plan === null) return undefined;
      if (plan.class !== 'notification') return await this.#ask(name, event, { plan, arm, signal });
      this.#notify(name, event);
      return undefined;
    } catch (error) {
      // Only a gate gets here, when the bridge couldn't be asked.
      return arm.refuse?.(refusal(error), event, this.options);
    }
  }

  #listen(name: string): void {
    if (sessionsOwn.has(name) || this.#listening.has(name)) return;
    this.#listening.add(name);
    this.options.pi.on(name, (event, context) => {
      if (!isHot(name)) return this.emit(name, event, signalOf(event, context));
      if (this.#subscriptions.planFor(name, (event as ToolFields).toolName) !== null) this.#hot.push(name, event);
      return undefined;
    });
  }

  async #untilKnown(name: string, signal: AbortSignal | undefined): Promise<void> {
    const { source } = this.#subscriptions;
    const { process } = this.options;
    if (source === 'bridge') return;
    // A manifest from a file opens no gate.
    if (name === gatedBefore) await process.ready({ signal, waitsForStart: true });
    if (source !== null || name === gatedBefore) return;
    await process.ready({ signal, patienceMs: kindOf(name).deadlineMs }).catch(() => undefined);
  }

  async #ask(name: string, event: object, how: { plan: Plan; arm: Arm; signal?: AbortSignal | undefined }) {
    const { plan, arm, signal } = how;
    const isGate = plan.class === 'gate';
    try {
      const response = await this.#send(name, event, plan, signal);
      if (response.which === 'none') return undefined;
      if (response.which === 'error') throw new ContractError(response.error.code, response.error.message);
      if (kindOf(name).responses.includes(response.which)) return arm.apply?.(response, event, this.options);
      this.options.log(`${response.which} doesn't answer ${name}`);
      return undefined;
    } catch (error) {
      this.options.log(`${name}: ${toContractError(error).message}`);
      if (isGate) throw error;
      return undefined;
    }
  }

  #notify(name: string, event: object): void {
    const plan = this.#subscriptions.planFor(name, (event as ToolFields).toolName);
    if (plan === null || this.#waiting >= maximumWaiting) return;
    this.#waiting += 1;
    this.#send(name, event, plan, undefined)
      .catch((error: unknown) => this.options.log(`${name}: ${toContractError(error).message}`))
      .finally(() => void (this.#waiting -= 1));
  }

  async #send(name: string, event: object, plan: Plan, signal?: AbortSignal): Promise<PiEventResponse> {
    const { deadlineMs } = plan;
    this.#seq += 1;
    const header = {
      ...{ protocolVersion, seq: this.#seq, sessionId: this.options.sessionId(), harness: 'pi', deadlineMs },
      ...{ correlationId: (event as ToolFields).toolCallId ?? `turn-${this.#turn}`, atMs: Date.now() },
    };
    // Copied now, because pi continues and may change the event.
    const body = armOf(name).project(event);
    const isGate = plan.class === 'gate';
    // Without a bridge, everything but a gate continues immediately.
    const limits = {
      deadlineMs,
      signal,
      waitsForStart: isGate,
      ...(plan.class === 'transform' && { patienceMs: deadlineMs }),
    };
    return this.options.process.call(limits, (bridge, call) => bridge.handleEvent({ header, ...body }, call));
  }
}

const refusal = (error: unknown): string =>
  `The guard didn't answer, so this was not done: ${toContractError(error).message}`;

/** Some events have their own signal; otherwise the run's signal applies, if there is a run. */
const signalOf = (event: object, context: PiContext): AbortSignal | undefined =>
  (event as ToolFields).signal ?? context.signal;
