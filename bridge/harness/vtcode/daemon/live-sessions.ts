/** The daemon's sessions: made when a hook first names one, removed when it ends or when there are too many. */
import { memoryWirePair } from '../../../../schema/capnp/byte-wire';
import { connectBridge, serveBridge } from '../../../../schema/capnp/bridge-connection';
import { withDefaults } from '../../../../schema/capnp/with-defaults';
import {
  protocolVersion,
  type BehaviourFile,
  type BridgeInit,
  type LogLine,
  type PiExtensionBridge,
} from '../../../../schema/generated/pi-api';
import { limitsCodec } from '../../../../schema/generated/pi-api-codec';
import { behaviourSetting } from '../../../events/load-behaviours';
import { lossesOf } from '../../carrier';
import { triedVersion, tuiCarrier } from '../capabilities';
import { LiveSession, sessionUi } from './live-session';

export interface LiveSessionsOptions {
  /** A separate bridge for each session */
  readonly makeBridge: () => PiExtensionBridge;
  /** The person's files, read again for each session; `mains` names the main files, in order */
  readonly behaviours: () => Promise<{ readonly files: readonly BehaviourFile[]; readonly mains: readonly string[] }>;
  /** Where a session's journal is, an absolute path */
  readonly stateFolder: (sessionId: string) => Promise<string>;
  readonly log: (line: LogLine) => void;
}

/** What a hook or the MCP server says about itself. */
export type Whose = Pick<BridgeInit, 'sessionId' | 'cwd'>;

const sessionCap = 64;

export class LiveSessions {
  readonly #sessions = new Map<string, Promise<LiveSession>>();
  /** The last session of each folder */
  readonly #folders = new Map<string, string>();

  constructor(private readonly options: LiveSessionsOptions) {}

  /**
   * The session with that id; without an id the last one in that folder, because VTCode doesn't tell its MCP servers.
   *
   * @throws ContractError of the bridge; the next call tries again
   */
  get({ sessionId, cwd }: Whose): Promise<LiveSession> {
    const id = sessionId === '' ? (this.#lastIn(cwd) ?? `folder:${cwd}`) : sessionId;
    const known = this.#sessions.get(id);
    if (known) return known;
    const made = this.#make({ sessionId: id, cwd });
    this.#sessions.set(id, made);
    made.catch(() => this.#sessions.delete(id));
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > sessionCap && oldest !== undefined) void this.end(oldest);
    return made;
  }

  /** Never rejects. */
  async end(sessionId: string): Promise<void> {
    const session = this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    await session?.then(({ bridge }) => bridge.shutdown({ reason: 'quit' })).catch(() => undefined);
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#sessions.keys()].map((id) => this.end(id)));
  }

  #lastIn(cwd: string): string | undefined {
    const id = this.#folders.get(cwd);
    return id !== undefined && this.#sessions.has(id) ? id : undefined;
  }

  async #make({ sessionId, cwd }: Whose): Promise<LiveSession> {
    this.#folders.set(cwd, sessionId);
    const { makeBridge, behaviours, stateFolder, log } = this.options;
    const { files, mains } = await behaviours();
    const init: BridgeInit = {
      ...{ sessionId, cwd, folders: { work: cwd }, stateFolder: await stateFolder(sessionId) },
      limits: withDefaults(limitsCodec, {}),
      behaviourFiles: files,
      settings: mains.map((value) => ({ name: behaviourSetting, value })),
    };
    const [near, far] = memoryWirePair();
    serveBridge(far, makeBridge());
    const { bridge } = connectBridge(near);
    const tell = (line: LogLine) => Promise.resolve(log(line)).then(() => ({}));
    const ui = sessionUi(tell);
    await bridge.attach({ host: ui.host, init });
    const { harness, capabilities } = tuiCarrier;
    const info = { protocolVersion, harness, harnessVersion: triedVersion, mode: 'tui', hasUi: false, capabilities };
    const manifest = await bridge.describe(info);
    lossesOf(manifest, tuiCarrier).forEach((message) => log({ level: 'warning', message }));
    return new LiveSession(bridge, init, manifest, ui);
  }
}
