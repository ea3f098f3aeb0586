/**
 * The bridge as the harness calls it: a session's supervised actors, and the one place that decides which actor gets
 * which message.
 *
 * | actor      | takes                                        | when it fails                              |
 * |------------|----------------------------------------------|--------------------------------------------|
 * | tool gate  | gates: they may wait for a person            | the call is blocked, with the reason       |
 * | rules      | all other events                             | the event continues unchanged              |
 * | routines   | calls of tools, commands and shortcuts       | the call fails with the reason             |
 * | journal    | a line for each decision                     | the line is lost, and the log says so      |
 */
import { ActorError } from '../actors/actor';
import { Supervised } from '../actors/supervised';
import type { Outcome } from '../behaviour/evaluate/outcome';
import type { FolderLook } from '../guard/folder-look';
import { ContractError } from '../../schema/capnp/contract-error';
import type { CallOptions } from '../../schema/capnp/call-options';
import {
  protocolVersion,
  type Attach,
  type Cancel,
  type CompletionRequest,
  type CompletionList,
  type CommandRequest,
  type CommandResponse,
  type Done,
  type ExtensionManifest,
  type HostInfo,
  type PiEvent,
  type PiEventResponse,
  type PiExtensionBridge,
  type PiHost,
  type ShortcutRequest,
  type ToolRequest,
  type ToolResult,
} from '../../schema/generated/pi-api';
import { jsonOf } from './event-fields';
import { blockedBy } from './event-response';
import { Journal, type JournalEntry } from './journal';
import { loadBehaviours } from './load-behaviours';
import { mergedManifest, type MergedManifest } from './merged-manifest';
import { RoutineActor, type RoutineCall } from './routine-actor';
import { commandResponseOf, toolResultOf } from './routine-response';
import { RuleActor, type AskedEvent } from './rule-actor';
import { newSession, type SessionState } from './session-state';

/** Events that wait for a person, or can prevent something */
const gates: ReadonlySet<PiEvent['which']> = new Set([
  'toolCall',
  'userBash',
  'sessionBeforeSwitch',
  'sessionBeforeFork',
]);

/** One session, from `attach` to the next */
interface Live {
  readonly host: PiHost;
  readonly offered: MergedManifest;
  readonly problems: readonly string[];
  readonly journal: Journal;
  readonly gate: Supervised<AskedEvent, PiEventResponse>;
  readonly rules: Supervised<AskedEvent, PiEventResponse>;
  readonly routines: Supervised<RoutineCall, { readonly outcome: Promise<Outcome> }>;
  /** Running calls by id */
  readonly calls: Map<string, AbortController>;
  readonly completions: ReadonlyMap<string, readonly string[]>;
  state: SessionState;
}

export class ExtensionBridge implements PiExtensionBridge {
  #live: Live | null = null;

  constructor(private readonly look: FolderLook) {}

  async attach({ host, init }: Attach): Promise<Done> {
    const { behaviours, problems } = await loadBehaviours(init);
    const journal = new Journal(host, init.stateFolder);
    const options = {
      ...{ behaviours, host, look: this.look, keep: (entry: JournalEntry) => journal.keep(entry) },
      session: () => this.#attached().state,
      change: (change: (state: SessionState) => SessionState) => {
        const live = this.#attached();
        live.state = change(live.state);
      },
    };
    const onFailure = (error: ActorError): void => void host.log({ level: 'error', message: error.message });
    const supervised = (name: string) =>
      new Supervised<AskedEvent, PiEventResponse>({ name, make: () => new RuleActor(options), onFailure });
    const commands = behaviours.flatMap(({ manifest }) => manifest.commands);
    this.#live = {
      ...{ host, journal, offered: mergedManifest(behaviours), problems, state: newSession(init) },
      ...{ gate: supervised('tool gate'), rules: supervised('rules') },
      routines: new Supervised({ name: 'routines', make: () => new RoutineActor(options), onFailure }),
      calls: new Map(),
      completions: new Map(commands.map(({ name, completions }) => [name, completions])),
    };
    void this.#lookBack(this.#live);
    return {};
  }

  /** Whether anything was said in this session before. Assumes yes when the host can't tell. */
  async #lookBack(live: Live): Promise<void> {
    const said = await live.host.getEntries({ limit: 1, types: ['message'] }).catch(() => null);
    live.state = { ...live.state, isFirst: said !== null && said.entries.length === 0 };
  }

  async describe(info: HostInfo): Promise<ExtensionManifest> {
    const live = this.#attached();
    if (info.protocolVersion !== protocolVersion) {
      const what = `This extension speaks version ${protocolVersion} of the contract, ${info.harness} speaks ${info.protocolVersion}.`;
      throw new ContractError('protocolMismatch', what);
    }
    live.state = { ...live.state, harness: info.harness };
    for (const problem of live.problems) await this.#tell(`An extension was turned off: ${problem}`);
    for (const name of live.offered.conflicts) await this.#tell(`Two extensions offer ${name}. The first one is used.`);
    return live.offered.manifest;
  }

  async handleEvent(event: PiEvent, call?: CallOptions): Promise<PiEventResponse> {
    const { gate, rules } = this.#attached();
    const isGate = gates.has(event.which);
    try {
      return await (isGate ? gate : rules).ask({ event, signal: call?.signal });
    } catch (error) {
      if (!(error instanceof ActorError)) throw error;
      // A gate that failed says no.
      return isGate ? blockedBy(event, error.message) : { which: 'none' };
    }
  }

  async executeTool({ callId, toolName: tool, inputJson }: ToolRequest, call?: CallOptions): Promise<ToolResult> {
    const fields = { tool, 'call.id': callId, input: jsonOf(inputJson) };
    return toolResultOf(await this.#routine({ kind: 'tools', name: tool, callId, fields }, call));
  }

  async executeCommand(
    { callId, name, arguments: words }: CommandRequest,
    call?: CallOptions,
  ): Promise<CommandResponse> {
    const fields = { command: name, arguments: words };
    return commandResponseOf(await this.#routine({ kind: 'commands', name, callId, fields }, call));
  }

  async executeShortcut({ callId, key }: ShortcutRequest, call?: CallOptions): Promise<CommandResponse> {
    return commandResponseOf(await this.#routine({ kind: 'shortcuts', name: key, callId, fields: { key } }, call));
  }

  completeArguments({ name, prefix }: CompletionRequest): Promise<CompletionList> {
    const known = this.#attached().completions.get(name) ?? [];
    const items = known.filter((value) => value.startsWith(prefix)).map((value) => ({ value, label: value }));
    return Promise.resolve({ items });
  }

  cancel({ callId, reason }: Cancel): Promise<Done> {
    this.#attached()
      .calls.get(callId)
      ?.abort(new ContractError('cancelled', reason || 'The call was stopped.'));
    return Promise.resolve({});
  }

  async shutdown(): Promise<Done> {
    const live = this.#live;
    await live?.journal.flush();
    // Another session may have begun in the meantime.
    if (this.#live === live) this.#live = null;
    return {};
  }

  async #routine(call: Omit<RoutineCall, 'signal'>, options?: CallOptions): Promise<Outcome> {
    const { routines, calls } = this.#attached();
    const ended = new AbortController();
    calls.set(call.callId, ended);
    const signal = options?.signal ? AbortSignal.any([ended.signal, options.signal]) : ended.signal;
    try {
      const { outcome } = await routines.ask({ ...call, signal });
      return await outcome;
    } finally {
      if (calls.get(call.callId) === ended) calls.delete(call.callId);
    }
  }

  #attached(): Live {
    if (this.#live) return this.#live;
    throw new ContractError('notReady', 'The extension was called before it was attached to a session.');
  }

  async #tell(message: string): Promise<void> {
    await this.#attached()
      .host.uiAction({ which: 'notify', notify: { message, level: 'warning' } })
      .catch(() => undefined);
  }
}
