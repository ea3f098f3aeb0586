/** The bridge of a person's terminals: on a socket in a folder that only they can enter, until no visitors are left. */
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ByteWire } from '../../../../schema/capnp/byte-wire';
import { serveBridge } from '../../../../schema/capnp/bridge-connection';
import { connectUnix, listenUnix } from '../../../wire/node-wire';
import type { LiveSessions } from './live-sessions';
import { visitorBridge } from './visitor-bridge';

export interface DaemonOptions {
  readonly socket: string;
  readonly sessions: LiveSessions;
  /** Ends after this time without a connection; `null` for never */
  readonly lingerMs: number | null;
}

export interface Daemon {
  /** Resolves when it has ended, never rejects */
  readonly ended: Promise<void>;
  end(): Promise<void>;
}

/** `null` when another daemon already listens there. @throws Node's Error when the socket can't be made */
export async function startDaemon({ socket, sessions, lingerMs }: DaemonOptions): Promise<Daemon | null> {
  const folder = dirname(socket);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  if (await isServed(socket)) return null;
  // Left by a daemon that was killed.
  await rm(socket, { force: true });
  let visitors = 0;
  let timer: NodeJS.Timeout | null = null;
  let onEnded: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    onEnded = resolve;
  });
  const wires = new Set<() => void>();
  const wait = (): void => {
    if (timer) clearTimeout(timer);
    timer = lingerMs === null || visitors > 0 ? null : setTimeout(() => void end(), lingerMs);
  };
  const serve = (wire: ByteWire): void => {
    visitors += 1;
    wait();
    const { closed, close } = serveBridge(wire, visitorBridge(sessions));
    wires.add(close);
    void closed.then(() => {
      wires.delete(close);
      visitors -= 1;
      wait();
    });
  };
  const server = await listenUnix(socket, serve);
  const end = async (): Promise<void> => {
    if (timer) clearTimeout(timer);
    lingerMs = null;
    server.close();
    wires.forEach((close) => close());
    await sessions.endAll();
    onEnded();
  };
  wait();
  return { ended, end };
}

async function isServed(socket: string): Promise<boolean> {
  try {
    (await connectUnix(socket)).close();
    return true;
  } catch {
    // Nobody listens, or there is no socket.
    return false;
  }
}
