/**
 * One session of a harness with its bridge: attaches, describes, numbers the events, and sends those that the extension
 * subscribes to. It doesn't depend on a particular harness.
 */
import { ContractError, toContractError } from '../../schema/capnp/contract-error';
import {
  eventKinds,
  protocolVersion,
  type BridgeInit,
  type ExtensionManifest,
  type PiEventResponse,
  type PiExtensionBridge,
  type PiHost,
  type ShutdownReason,
} from '../../schema/generated/pi-api';
import type { Carrier } from './carrier';
import { eventName, toolOf, type EventBody } from './event-body';

export interface HarnessSessionOptions {
  readonly bridge: PiExtensionBridge;
  readonly host: PiHost;
  readonly init: BridgeInit;
  readonly carrier: Carrier;
  readonly harnessVersion: string;
  /** Whether a person can be asked */
  readonly hasUi: boolean;
  readonly now?: () => number;
}

const kinds = new Map<string, (typeof eventKinds)[number]>(eventKinds.map((kind) => [kind.name, kind]));

export class HarnessSession {
  readonly #told = new Set<Promise<unknown>>();
  #seq = 0;

  private constructor(
    private readonly options: HarnessSessionOptions,
    readonly manifest: ExtensionManifest,
  ) {}

  /** @throws ContractError of the bridge */
  static async open(options: HarnessSessionOptions): Promise<HarnessSession> {
    const { bridge, host, init, carrier, harnessVersion, hasUi } = options;
    await bridge.attach({ host, init });
    const { harness, capabilities } = carrier;
    const manifest = await bridge.describe({
      ...{ protocolVersion, harness, harnessVersion, mode: 'rpc', hasUi },
      capabilities,
    });
    return new HarnessSession(options, manifest);
  }

  /** Never rejects: a failure becomes the answer `error`; a gate then says no and everything else continues. */
  async ask(event: EventBody, signal?: AbortSignal): Promise<PiEventResponse> {
    this.#seq += 1;
    const name = eventName(event.which);
    const deadlineMs = this.#deadlineMs(name, event);
    if (deadlineMs === null) return { which: 'none' };
    const { bridge, init, carrier, now = Date.now } = this.options;
    const header = {
      ...{ protocolVersion, seq: this.#seq, sessionId: init.sessionId, harness: carrier.harness },
      ...{ correlationId: toolOf(event)?.callId ?? `${name}-${this.#seq}`, deadlineMs, atMs: now() },
    };
    try {
      const call = { deadlineMs, ...(signal ? { signal } : {}) };
      return this.#allowed(name, await bridge.handleEvent({ header, ...event }, call));
    } catch (thrown) {
      const { code, message, retryable } = toContractError(thrown);
      return { which: 'error', error: { code, message, retryable } };
    }
  }

  /** Sends in order, without waiting. */
  tell(event: EventBody): void {
    const told = this.ask(event).finally(() => this.#told.delete(told));
    this.#told.add(told);
  }

  /** Waits for the notifications that were sent; never rejects. */
  async shutdown(reason: ShutdownReason = 'quit'): Promise<void> {
    await Promise.all(this.#told);
    await this.options.bridge.shutdown({ reason }).catch(() => undefined);
  }

  /** `null` for an event without a subscription. */
  #deadlineMs(name: string, event: EventBody): number | null {
    const subscription = this.manifest.events.find((one) => one.name === name);
    if (!subscription) return null;
    const { toolNames, deadlineMs } = subscription;
    const tool = toolOf(event);
    if (tool && toolNames.length > 0 && !toolNames.includes(tool.name)) return null;
    return deadlineMs || (kinds.get(name)?.deadlineMs ?? this.options.init.limits.eventMs);
  }

  #allowed(name: string, response: PiEventResponse): PiEventResponse {
    const { which } = response;
    const responses: readonly string[] = kinds.get(name)?.responses ?? [];
    if (which === 'none' || which === 'error' || responses.includes(which)) return response;
    throw new ContractError('invalidInput', `${name} can't be answered with ${which}.`);
  }
}
