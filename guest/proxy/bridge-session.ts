/** Ties one session of pi to the bridge: events go out by their arms, and what the bridge asks for comes in. */
import type { BridgeInit, ExtensionManifest, PiHost } from '../../schema/generated/pi-api';
import { protocolVersion } from '../../schema/generated/pi-api';
import { ContractError, toContractError } from '../../schema/capnp/contract-error';
import { inside } from '../taskd/sandbox/layout';
import { askHost } from './act-question';
import { arms, type Arm } from './arms';
import type { BridgeProcess } from './bridge-process';
import type { Pi, PiContext } from './pi';

const capabilities = ['askAct', 'dialogs', 'notify', 'blockTool', 'blockReason', 'patchToolInput', 'patchToolResult'];
const statusKey = 'piwork-bridge';
/** For a gate before the bridge has said what it needs; loading it may take long under emulation */
const firstDeadlineMs = 120_000;
/** Subscribed before the bridge is up: without it nothing passes them */
const alwaysGated = ['tool_call'];

interface Call {
  readonly name: string;
  readonly input: unknown;
}

export class BridgeSession {
  readonly #deadlines = new Map<string, number>();
  readonly #subscribed = new Set<string>();
  readonly #calls = new Map<string, Call>();
  #context: PiContext | null = null;
  #isInTrouble = false;
  #seq = 0;

  constructor(
    private readonly pi: Pi,
    private readonly process: BridgeProcess,
    private readonly harnessVersion: string,
    private readonly init: (context: PiContext) => BridgeInit,
  ) {
    alwaysGated.forEach((name) => this.#subscribe(name));
    pi.on('session_start', (event, context) => this.#begin(event, context));
    pi.on('session_shutdown', (event) => {
      // From here on pi's objects of this session throw.
      this.#context = null;
      if ((event as { reason?: string }).reason === 'quit') this.process.end();
      else this.process.suspend();
    });
  }

  async #begin(event: object, context: PiContext): Promise<void> {
    this.#context = context;
    this.process.begin({
      attach: {
        host: this.#host(),
        init: this.init(context),
      },
      info: {
        harness: 'pi',
        harnessVersion: this.harnessVersion,
        protocolVersion,
        capabilities,
        mode: context.mode,
        hasUi: context.hasUI,
      },
      onReady: (manifest) => this.#onReady(manifest),
      onTrouble: (why) => this.#tellTrouble(`The extension is being restarted: ${why}`),
    });
    await this.#emit('session_start', event, context);
  }

  #tellTrouble(text: string | undefined): void {
    if (text === undefined && !this.#isInTrouble) return;
    this.#isInTrouble = text !== undefined;
    this.#context?.ui.setStatus(statusKey, text);
  }

  #onReady({ events }: ExtensionManifest): void {
    this.#tellTrouble(undefined);
    this.#deadlines.clear();
    for (const { name, deadlineMs } of events) {
      this.#deadlines.set(name, deadlineMs);
      this.#subscribe(name);
    }
  }

  #subscribe(name: string): void {
    if (name === 'session_start' || this.#subscribed.has(name) || !arms[name]) return;
    this.#subscribed.add(name);
    this.pi.on(name, (event, context) => this.#emit(name, event, context));
  }

  /** Gates say no when there is no answer, everything else goes its way. */
  async #emit(name: string, event: object, context: PiContext): Promise<unknown> {
    const arm = arms[name];
    if (!arm) return undefined;
    this.#context = context;
    this.#remember(name, event);
    if (arm.class === 'notification') {
      if (this.#deadlines.has(name)) void this.#call(name, arm, event, context).catch(() => undefined);
      return undefined;
    }
    try {
      return arm.apply?.(await this.#call(name, arm, event, context), event);
    } catch (error) {
      return arm.refuse?.(`The guard gave no answer, so this was not done: ${toContractError(error).message}`);
    }
  }

  #call(name: string, arm: Arm, event: object, { signal, sessionManager }: PiContext) {
    const deadlineMs = this.#deadlines.get(name) ?? firstDeadlineMs;
    this.#seq += 1;
    const header = {
      ...{ protocolVersion, seq: this.#seq, sessionId: sessionManager.getSessionId(), harness: 'pi' },
      ...{ correlationId: `${name}-${this.#seq}`, deadlineMs, atMs: Date.now() },
    };
    return this.process.call(deadlineMs, signal, (bridge, call) =>
      bridge.handleEvent({ header, ...arm.project(event) }, call),
    );
  }

  #remember(name: string, event: object): void {
    const { toolCallId, toolName, input } = event as { toolCallId?: string; toolName?: string; input?: unknown };
    if (toolCallId === undefined) return;
    if (name === 'tool_call') this.#calls.set(toolCallId, { name: toolName ?? '', input });
    if (name === 'tool_result') this.#calls.delete(toolCallId);
  }

  #programOf(toolCallId: string): string {
    const call = this.#calls.get(toolCallId);
    const { command, path } = (call?.input ?? {}) as { command?: unknown; path?: unknown };
    if (typeof command === 'string') return command;
    return [call?.name ?? '', typeof path === 'string' ? path : ''].join(' ').trim();
  }

  #host(): PiHost {
    const ui = () => {
      if (this.#context) return this.#context.ui;
      throw new ContractError('notReady', 'No session is under way.');
    };
    const host: Partial<PiHost> = {
      askAct: (question, call) =>
        askHost(ui(), question, {
          workdir: inside.workdir,
          program: this.#programOf(question.toolCallId),
          options: call?.signal ? { signal: call.signal } : {},
        }),
      uiAction: async (action, call) => {
        const options = call?.signal ? { signal: call.signal } : {};
        switch (action.which) {
          case 'confirm': {
            const { title, message } = action.confirm;
            return { which: 'confirmed', confirmed: await ui().confirm(title, message, options) };
          }
          case 'notify':
            ui().notify(action.notify.message, action.notify.level);
            return { which: 'done' };
          default:
            throw new ContractError('unimplemented', `There is no ${action.which} here.`);
        }
      },
      log: ({ level, message }) => {
        if (level !== 'info') ui().notify(message, level);
        return Promise.resolve({});
      },
    };
    return new Proxy(host as PiHost, {
      get: (target, name) => (Reflect.get(target, name) as unknown) ?? unimplemented(String(name)),
    });
  }
}

const unimplemented = (name: string) => () =>
  Promise.reject(new ContractError('unimplemented', `There is no ${name} here.`));
