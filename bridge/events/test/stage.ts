/** A bridge at the end of a wire, with a host that the test controls. */
import { memoryWirePair } from '../../../schema/capnp/byte-wire';
import { connectBridge, serveBridge } from '../../../schema/capnp/bridge-connection';
import type {
  ActAnswer,
  ActQuestion,
  BridgeInit,
  HostInfo,
  LogLine,
  PiEvent,
  PiHost,
  SessionEntry,
  ToolUpdate,
  UiAction,
  UiReply,
} from '../../../schema/generated/pi-api';
import type { FolderLook } from '../../guard/folder-look';
import { ExtensionBridge } from '../extension-bridge';

export const workdir = '/mnt/workdir';

export const hostInfo: HostInfo = {
  ...{ protocolVersion: 1, harness: 'pi', harnessVersion: '1.5.2', mode: 'rpc', hasUi: true },
  capabilities: ['askAct', 'dialogs', 'notify', 'blockTool'],
};

export const initWith = (files: Readonly<Record<string, string>>, stateFolder?: string): BridgeInit => ({
  ...{ sessionId: 's1', cwd: workdir, folders: { work: workdir }, stateFolder },
  limits: { eventMs: 30_000, toolMs: 600_000, maximumCallsUnderWay: 256, maximumFrameBytes: 8_388_608 },
  behaviourFiles: Object.entries(files).map(([name, text]) => ({ name, text })),
  settings: Object.keys(files).map((value) => ({ name: 'behaviour', value })),
});

let seq = 0;
const header = (): PiEvent['header'] => ({
  ...{ protocolVersion: 1, seq: ++seq, sessionId: 's1', harness: 'pi' },
  ...{ correlationId: 'c', deadlineMs: 2000, atMs: 0 },
});

export const prompt = (text: string): PiEvent => ({
  header: header(),
  which: 'beforeAgentStart',
  beforeAgentStart: { prompt: text, systemPromptDigest: '', imageCount: 0 },
});

export const settled = (): PiEvent => ({ header: header(), which: 'agentSettled', agentSettled: { aborted: false } });

export const toolCall = (tool: string, input: object): PiEvent => ({
  header: header(),
  which: 'toolCall',
  toolCall: { toolCallId: `call-${seq}`, toolName: tool, inputJson: JSON.stringify(input) },
});

export interface Answers {
  /** What was said in the session before */
  readonly entries?: readonly SessionEntry[];
  askAct?(question: ActQuestion): Promise<Partial<ActAnswer>> | Partial<ActAnswer>;
  uiAction?(action: UiAction): Promise<UiReply> | UiReply;
}

/** The folder's files by path; `broken` makes every look fail. */
export function fakeLook(files: readonly string[]): FolderLook & { broken: boolean } {
  const paths = new Set(files.map((file) => `${workdir}/${file}`));
  return {
    broken: false,
    kindOf(path) {
      if (this.broken) throw new Error('the folder cannot be looked at');
      return paths.has(path) ? 'file' : workdir.startsWith(path) ? 'directory' : null;
    },
    namesIn: () => files,
  };
}

export function stage(files: readonly string[], answers: Answers = {}) {
  const names = [...files];
  const look = fakeLook(names);
  const asked: ActQuestion[] = [];
  const shown: UiAction[] = [];
  const logged: LogLine[] = [];
  const updates: ToolUpdate[] = [];
  const host: Partial<PiHost> = {
    askAct: async (question) => {
      asked.push(question);
      const answer = (await answers.askAct?.(question)) ?? {};
      return { allowed: true, reason: '', scope: 'once', decidedBy: 'person', ...answer };
    },
    uiAction: async (action) => {
      shown.push(action);
      return (await answers.uiAction?.(action)) ?? { which: 'done' };
    },
    getEntries: () => Promise.resolve({ entries: answers.entries ?? [], hasMore: false }),
    toolUpdate: (update) => {
      updates.push(update);
      return Promise.resolve({});
    },
    log: (line) => {
      logged.push(line);
      return Promise.resolve({});
    },
  };
  const [near, far] = memoryWirePair();
  serveBridge(far, new ExtensionBridge(look));
  const { bridge, close } = connectBridge(near);
  return { bridge, close, look, names, asked, shown, logged, updates, host: host as PiHost };
}
