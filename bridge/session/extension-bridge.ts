/**
 * The bridge as the harness calls it: a session's actors, each supervised, and the one place that says which message
 * goes to which.
 *
 * | actor      | takes                                        | when it fails                              |
 * |------------|----------------------------------------------|--------------------------------------------|
 * | tool gate  | gates: they may wait for a person            | the call is blocked, with the reason       |
 * | rules      | all other events                             | the event goes its way                     |
 * | journal    | a line for each decision                     | the line is lost, and the log says so      |
 */
import { ActorError } from '../actors/actor';
import { Supervised } from '../actors/supervised';
import type { FolderLook } from '../guard/folder-look';
import { ContractError } from '../../schema/capnp/contract-error';
import type { CallOptions } from '../../schema/capnp/codec';
import {
  protocolVersion,
  type Attach,
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
import { Journal, type JournalEntry } from './journal';
import { loadBehaviours } from './load-behaviours';
import { mergedManifest, type MergedManifest } from './merged-manifest';
import { RuleActor, type AskedEvent } from './rule-actor';
import { newSession, type SessionState } from './session-state';

const gates: ReadonlySet<PiEvent['which']> = new Set(['toolCall']);

const refusal = (why: string): PiEventResponse => ({
  which: 'blockTool',
  blockTool: { reason: why, terminate: false },
});

/** One session, from `attach` to the next */
interface Live {
  readonly host: PiHost;
  readonly offered: MergedManifest;
  readonly problems: readonly string[];
  readonly journal: Journal;
  readonly gate: Supervised<AskedEvent, PiEventResponse>;
  readonly rules: Supervised<AskedEvent, PiEventResponse>;
  state: SessionState;
}

const notHere = (what: string): Promise<never> =>
  Promise.reject(new ContractError('notFound', `This extension has no ${what}.`));

export class ExtensionBridge implements PiExtensionBridge {
  #live: Live | null = null;

  constructor(private readonly look: FolderLook) {}

  async attach({ host, init }: Attach): Promise<Done> {
    const { behaviours, problems } = await loadBehaviours(init);
    const journal = new Journal(host, init.stateFolder);
    const options = {
      ...{ behaviours, host, look: this.look, keep: (entry: JournalEntry) => journal.keep(entry) },
      session: () => this.#attached().state,
      counted: (counts: SessionState['counts']) => {
        const live = this.#attached();
        live.state = { ...live.state, counts };
      },
    };
    const supervised = (name: string) =>
      new Supervised<AskedEvent, PiEventResponse>({
        name,
        make: () => new RuleActor(options),
        onFailure: (error) => void host.log({ level: 'error', message: error.message }),
      });
    this.#live = {
      ...{ host, journal, offered: mergedManifest(behaviours), problems, state: newSession(init) },
      ...{ gate: supervised('tool gate'), rules: supervised('rules') },
    };
    return {};
  }

  async describe(info: HostInfo): Promise<ExtensionManifest> {
    const live = this.#attached();
    if (info.protocolVersion !== protocolVersion) {
      const what = `This extension speaks version ${protocolVersion} of the contract, ${info.harness} speaks ${info.protocolVersion}.`;
      throw new ContractError('protocolMismatch', what);
    }
    live.state = { ...live.state, harness: info.harness };
    for (const problem of live.problems) await this.#tell(`An extension is switched off: ${problem}`);
    for (const name of live.offered.conflicts) await this.#tell(`Two extensions offer ${name}; the first one has it.`);
    return live.offered.manifest;
  }

  async handleEvent(event: PiEvent, call?: CallOptions): Promise<PiEventResponse> {
    const { gate, rules } = this.#attached();
    const isGate = gates.has(event.which);
    try {
      return await (isGate ? gate : rules).ask({ event, signal: call?.signal });
    } catch (error) {
      if (!(error instanceof ActorError)) throw error;
      return isGate ? refusal(error.message) : { which: 'none' };
    }
  }

  executeTool({ toolName }: ToolRequest): Promise<ToolResult> {
    return notHere(`tool ${toolName}`);
  }

  executeCommand({ name }: CommandRequest): Promise<CommandResponse> {
    return notHere(`command ${name}`);
  }

  executeShortcut({ key }: ShortcutRequest): Promise<CommandResponse> {
    return notHere(`shortcut ${key}`);
  }

  completeArguments(): Promise<CompletionList> {
    return Promise.resolve({ items: [] });
  }

  cancel(): Promise<Done> {
    return Promise.resolve({});
  }

  async shutdown(): Promise<Done> {
    await this.#live?.journal.flush();
    this.#live = null;
    return {};
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
