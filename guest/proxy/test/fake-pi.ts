/** A pi that records what it is told, for tests of one part of the proxy. */
import type { Pi, PiCommand, PiContext, PiHandler, PiTool } from '../pi';

export interface Told {
  readonly what: string;
  readonly with: readonly unknown[];
}

/** Every method that isn't given records its call and returns nothing. */
function recording<T extends object>(told: Told[], given: Partial<T>): T {
  return new Proxy(given as T, {
    get: (target, name) =>
      name in target
        ? (Reflect.get(target, name) as unknown)
        : (...words: unknown[]) => void told.push({ what: String(name), with: words }),
  });
}

export interface FakePi {
  readonly pi: Pi;
  readonly context: PiContext;
  /** Calls of methods that only tell pi something, including those of its UI */
  readonly told: Told[];
  readonly tools: Map<string, PiTool>;
  readonly commands: Map<string, PiCommand>;
  /** What pi gets for the event: the answer of the last handler that gives one */
  readonly fire: (event: string, fields?: object) => Promise<unknown>;
}

export interface FakePiOptions {
  readonly pi?: Partial<Pi>;
  readonly context?: Partial<PiContext>;
  readonly ui?: Partial<PiContext['ui']>;
  readonly session?: Partial<PiContext['sessionManager']>;
}

/** A session that has just begun. Its only tool is `bash`. */
export function fakePi({ pi = {}, context = {}, ui = {}, session = {} }: FakePiOptions = {}): FakePi {
  const told: Told[] = [];
  const handlers: [string, PiHandler][] = [];
  const tools = new Map<string, PiTool>();
  const commands = new Map<string, PiCommand>();
  const builtin = { name: 'bash', description: 'runs', parameters: {}, exposure: 'direct' };
  const wholeContext: PiContext = recording<PiContext>(told, {
    ui: recording(told, ui),
    ...{ cwd: '/w', mode: 'rpc', hasUI: true, signal: undefined, model: undefined, scopedModels: [] },
    sessionManager: recording(told, {
      ...{ getSessionId: () => 's1', getSessionFile: () => '/s', getLeafId: () => 'e2', getSessionName: () => 'n' },
      ...session,
    }),
    modelRegistry: { getAvailable: () => [], find: () => undefined },
    ...{ isIdle: () => true, isProjectTrusted: () => false, hasPendingMessages: () => false },
    ...context,
  });
  const wholePi: Pi = recording<Pi>(told, {
    on: (event, handler) => {
      handlers.push([event, handler]);
      return () => undefined;
    },
    registerTool: (tool) => void tools.set(tool.name, tool),
    registerCommand: (name, command) => void commands.set(name, command),
    getAllTools: () => [
      { ...builtin, sourceInfo: { path: 'builtin:bash' } },
      ...[...tools.values()].map((tool) => ({ ...builtin, name: tool.name, sourceInfo: { path: '/proxy' } })),
    ],
    getCommands: () => [...commands.keys()].map((name) => ({ name, source: 'extension' })),
    ...pi,
  });
  const fire = async (event: string, fields: object = {}): Promise<unknown> => {
    let answer: unknown;
    for (const [name, handler] of handlers) {
      if (name === event) answer = (await handler({ type: event, ...fields }, wholeContext)) ?? answer;
    }
    return answer;
  };
  return { pi: wholePi, context: wholeContext, told, tools, commands, fire };
}
