/**
 * A bridge whose process is a relay that pi's proxy starts. Its logic is here in the test: each test sets the answers
 * to events and what tools and commands do. It counts everything that arrives.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { serveBridge } from '../../../schema/capnp/bridge-connection';
import { ContractError } from '../../../schema/capnp/contract-error';
import { streamWire } from '../../../schema/capnp/stream-wire';
import { withDefaults } from '../../../schema/capnp/with-defaults';
import type { CallOptions } from '../../../schema/capnp/call-options';
import type {
  CommandResponse,
  ExtensionManifest,
  HostInfo,
  PiEvent,
  PiEventResponse,
  PiExtensionBridge,
  PiHost,
  ToolRequest,
  ToolResult,
} from '../../../schema/generated/pi-api';
import { toolResultCodec } from '../../../schema/generated/pi-api-codec';
import { atOnce } from '../host/live-session';
import type { Coverage } from './coverage';

const relay = `
const { writeFileSync } = require('node:fs');
const [, , path] = process.argv;
writeFileSync(path + '.pid', String(process.pid));
const socket = require('node:net').connect(path);
process.stdin.pipe(socket).pipe(process.stdout);
socket.on('close', () => process.exit(0));
`;

type EventOf<W extends PiEvent['which']> = Extract<PiEvent, { which: W }>;
export type ToolWork = (request: ToolRequest, call: CallOptions, host: PiHost) => Promise<Partial<ToolResult>>;
export type CommandWork = (host: PiHost, words: string) => Promise<CommandResponse | undefined>;

export class TrialBridge {
  readonly events: PiEvent[] = [];
  /** Names of tools that were run */
  readonly called: string[] = [];
  readonly cancelled: string[] = [];
  readonly shutdowns: string[] = [];
  readonly tools = new Map<string, ToolWork>();
  readonly commands = new Map<string, CommandWork>();
  readonly infos: HostInfo[] = [];
  /** Connections so far, one for each start of its process */
  starts = 0;
  /** The host of the last attached session */
  host: PiHost | null = null;
  readonly #waiting = new Set<() => void>();
  readonly #answers = new Map<string, (event: PiEvent) => PiEventResponse | undefined>();
  readonly #path: string;
  readonly #server: Server;

  constructor(
    folder: string,
    private readonly manifest: () => ExtensionManifest,
    private readonly coverage: Coverage,
  ) {
    this.#path = join(folder, 'bridge.sock');
    writeFileSync(join(folder, 'relay.cjs'), relay);
    this.#server = createServer((socket) => {
      this.starts += 1;
      serveBridge(streamWire(socket, socket, { destroy: () => socket.destroySoon() }), this.#bridge());
    });
  }

  get command(): { program: string; words: string[] } {
    return { program: process.execPath, words: [join(this.#path, '..', 'relay.cjs'), this.#path] };
  }

  get pid(): number {
    return Number(readFileSync(`${this.#path}.pid`, 'utf8'));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#path, resolve));
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Sets the answer to events of this arm from now on; `undefined` means no answer. */
  answer<W extends PiEvent['which']>(which: W, work: (event: EventOf<W>) => PiEventResponse | undefined): void {
    this.#answers.set(which, work as (event: PiEvent) => PiEventResponse | undefined);
  }

  /** Like `answer`, but only for the arm's next event. */
  answerOnce(which: PiEvent['which'], response: PiEventResponse): void {
    this.answer(which, () => {
      this.#answers.delete(which);
      return response;
    });
  }

  eventsOf<W extends PiEvent['which']>(which: W): EventOf<W>[] {
    return this.events.filter((event): event is EventOf<W> => event.which === which);
  }

  /** Resolves when `fits` is true; checks it again after each call from the proxy. */
  async until(fits: () => boolean): Promise<void> {
    while (!fits()) {
      await new Promise<void>((resolve) => {
        const look = (): void => {
          this.#waiting.delete(look);
          resolve();
        };
        this.#waiting.add(look);
      });
    }
  }

  /** Something has arrived. */
  #changed(): void {
    for (const look of this.#waiting) look();
  }

  #attached(): PiHost {
    if (this.host) return this.host;
    throw new ContractError('notReady', 'attach comes first');
  }

  /** Counts the calls to the host, and its answers. */
  #counting(host: PiHost): PiHost {
    const methods = Object.entries(host).map(([name, method]) => [
      name,
      async (input: { which?: string }, call?: CallOptions) => {
        const output = await (method as (input: unknown, call?: CallOptions) => Promise<{ which?: string }>)(
          input,
          call,
        );
        this.coverage.count('host', name);
        if (name === 'uiAction') {
          this.coverage.count('ui', String(input.which));
          this.coverage.count('reply', String(output.which));
        }
        return output;
      },
    ]);
    return Object.fromEntries(methods) as PiHost;
  }

  #bridge(): PiExtensionBridge {
    return {
      attach: atOnce(({ host }) => {
        this.host = this.#counting(host);
        return {};
      }),
      describe: atOnce((info) => {
        this.infos.push(info);
        this.#changed();
        return this.manifest();
      }),
      handleEvent: atOnce((event) => {
        this.events.push(event);
        this.#changed();
        this.coverage.count('event', event.which);
        const response = this.#answers.get(event.which)?.(event) ?? { which: 'none' };
        this.coverage.count('answer', response.which);
        return response;
      }),
      executeTool: async (request, call = {}) => {
        this.called.push(request.toolName);
        this.#changed();
        const work = this.tools.get(request.toolName);
        if (!work) throw new ContractError('notFound', `no tool ${request.toolName}`);
        return withDefaults(toolResultCodec, await work(request, call, this.#attached()));
      },
      executeCommand: async ({ name, arguments: words }) => {
        const work = this.commands.get(name);
        if (!work) throw new ContractError('notFound', `no command ${name}`);
        return (await work(this.#attached(), words)) ?? { which: 'done' };
      },
      executeShortcut: atOnce(() => ({ which: 'done' })),
      completeArguments: atOnce(() => ({ items: [] })),
      cancel: atOnce(({ callId }) => {
        this.cancelled.push(callId);
        this.#changed();
        return {};
      }),
      shutdown: atOnce(({ reason }) => {
        this.shutdowns.push(reason);
        this.#changed();
        return {};
      }),
    };
  }
}
