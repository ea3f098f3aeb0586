/** The processes for VTCode's terminal: the daemon, and its short or long visitors. */
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { LogLine, PiExtensionBridge } from '../../../../schema/generated/pi-api';
import { sandboxLook } from '../../../guard/folder-look';
import { ExtensionBridge } from '../../../events/extension-bridge';
import { readBehaviours } from '../daemon/behaviour-folder';
import { startDaemon } from '../daemon/daemon';
import { patientVisit, spawnDaemon, usualPatience } from '../daemon/ensure-daemon';
import { LiveSessions, type Whose } from '../daemon/live-sessions';
import type { Visit } from '../daemon/visit';
import { runHook } from '../hook/run-hook';
import { statusText } from '../hook/status-text';
import { hookDeadlineMs } from '../install/our-block';
import { serveMcp } from '../mcp/mcp-server';
import type { Places } from './places';

/** An MCP server lives as long as VTCode; the daemon ends a little after the last one. */
const lingerMs = 60_000;
/** VTCode waits for its status line */
const statusPatience = { forMs: 0, everyMs: 50 };

const nameOf = (sessionId: string): string =>
  sessionId
    .replace(/[^\w.-]/g, '_')
    .replace(/^\.+/, '_')
    .slice(0, 120);

/** Resolves when it has ended, or immediately when another daemon serves the socket. */
export async function runDaemon(places: Places, linger: number | null): Promise<void> {
  const { socket, behaviours, state, log } = places;
  await mkdir(dirname(log), { recursive: true, mode: 0o700 });
  const write = ({ level, message }: LogLine): void => {
    const line = `${new Date().toISOString()} ${level} ${message.replaceAll('\n', ' ')}\n`;
    // A log that can't be written must not end the daemon.
    void appendFile(log, line, { mode: 0o600 }).catch(() => undefined);
  };
  const sessions = new LiveSessions({
    makeBridge: () => new ExtensionBridge(sandboxLook),
    behaviours: () => readBehaviours(behaviours),
    stateFolder: async (sessionId) => {
      const folder = join(state, nameOf(sessionId));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return folder;
    },
    log: write,
  });
  const daemon = await startDaemon({ socket, sessions, lingerMs: linger });
  if (!daemon) return;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void daemon.end());
  await daemon.ended;
}

export async function runHookProcess({ socket }: Places): Promise<void> {
  process.stdout.write(await runHook({ text: await text(process.stdin), socket, deadlineMs: hookDeadlineMs }));
}

export async function runStatus({ socket }: Places): Promise<void> {
  // VTCode writes its own status to standard input; read and ignore it.
  process.stdin.resume();
  const visit = await patientVisit(socket, { sessionId: '', cwd: process.cwd() }, ['status'], statusPatience).catch(
    () => null,
  );
  process.stdout.write(`${visit ? statusText(visit.shown) : 'extensions: not running'}\n`);
  visit?.leave();
}

/** Starts the daemon when there is none, and again when it dies. */
export async function runMcp({ socket }: Places, program: readonly string[]): Promise<void> {
  const whose: Whose = { sessionId: '', cwd: process.cwd() };
  const arrive = async (): Promise<Visit> => {
    spawnDaemon(program, socket, lingerMs);
    const visit = await patientVisit(socket, whose, [], usualPatience);
    void visit.closed.then(() => {
      current = arrive();
      current.catch(() => undefined);
    });
    return visit;
  };
  let current = arrive();
  const { session } = await current;
  const bridge: Pick<PiExtensionBridge, 'executeTool' | 'cancel'> = {
    executeTool: async (request, call) => (await current).bridge.executeTool(request, call),
    cancel: async (cancel) => (await current).bridge.cancel(cancel),
  };
  const ended = new Promise<string>((resolve) => process.stdin.once('end', () => resolve('VTCode has ended.')));
  serveMcp({
    ...{ bridge, tools: session.manifest.tools },
    wire: {
      write: (line) => void process.stdout.write(line),
      onData: (listener) => void process.stdin.on('data', listener),
      onClose: (listener) => void ended.then(listener),
    },
  });
  await ended;
}
