/** One QEMU process and the sockets that it connects to. */
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { VmFailure } from '../schema/vm-api';
import { exitFailure, VmFailureError } from './failures';
import { LogTail } from './log-tail';
import { listenPrivately } from './private-socket';

export interface QemuSockets {
  readonly control: string;
  readonly qmp: string;
}

export interface QemuProcess {
  readonly pid: number;
  readonly control: Promise<Socket>;
  readonly qmp: Promise<Socket>;
  /** Why it ended; never rejects */
  readonly exited: Promise<VmFailure>;
  readonly logTail: () => readonly string[];
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

export interface LaunchOptions {
  readonly command: string;
  readonly arguments: (sockets: QemuSockets) => string[];
  /** Private folder for the sockets; its path must be short, because a socket's path can have at most 107 bytes */
  readonly runFolder: string;
  /** Makes the socket names unique to this process */
  readonly name: string;
  readonly onLine: (source: 'qemu' | 'guest', line: string) => void;
}

/** @throws VmFailureError `qemu_missing` or `spawn_failed` */
export async function launchQemu(options: LaunchOptions): Promise<QemuProcess> {
  const control = await listenPrivately(join(options.runFolder, `${options.name}.ctl`));
  const qmp = await listenPrivately(join(options.runFolder, `${options.name}.qmp`));
  const parameters = options.arguments({ control: control.path, qmp: qmp.path });
  const child = spawn(options.command, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });

  const guestLog = new LogTail((line) => options.onLine('guest', line));
  const qemuLog = new LogTail((line) => options.onLine('qemu', line));
  const logTail = (): readonly string[] => [...guestLog.lines, ...qemuLog.lines];
  child.stdout.setEncoding('utf8').on('data', (text: string) => guestLog.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => qemuLog.push(text));

  // 'close' rather than 'exit', so that its last output has been read.
  const exited = new Promise<VmFailure>((resolve) => {
    child.once('close', (code, signal) => {
      control.close();
      qmp.close();
      resolve(exitFailure(code, signal, logTail()));
    });
  });
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? -1));
    child.once('error', (error: NodeJS.ErrnoException) => {
      control.close();
      qmp.close();
      reject(
        new VmFailureError(error.code === 'ENOENT' ? 'qemu_missing' : 'spawn_failed', options.command, {
          cause: error,
        }),
      );
    });
  });
  return {
    pid,
    control: control.peer,
    qmp: qmp.peer,
    exited,
    logTail,
    signal: (name) => void child.kill(name),
  };
}
