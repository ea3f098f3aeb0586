/** From a template to an authenticated guest: load, wake, start, hello. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import type { Transport } from '../schema/transport';
import type { VmPhaseName } from '../schema/vm-api';
import { openControlLink, type ControlLink } from './control-link';
import { openGuestLink } from './guest-link';
import type { QemuProcess } from './qemu-process';
import { loadState, openQmp } from './qmp';
import type { Template } from './template';

export interface ResumeOptions {
  readonly process: QemuProcess;
  readonly template: Template;
  readonly runFolder: string;
  readonly name: string;
  readonly port: number;
  /** 64 hex digits, fresh */
  readonly key: string;
  readonly gatewayPort: number;
  readonly build: string;
  readonly onPhase: (phase: VmPhaseName) => void;
}

export interface ResumedGuest {
  /** Carries `taskd-api`; both sides have proved the key */
  readonly taskd: Transport;
  readonly control: ControlLink;
}

/** Resolves when `hello` is done. @throws QmpError, GuestFailedError or RpcError, depending on the step that failed */
export async function resumeTemplate(options: ResumeOptions): Promise<ResumedGuest> {
  const { process, template, runFolder, name, port, key, gatewayPort, build, onPhase } = options;
  onPhase('starting_qemu');
  const qmp = await openQmp(await process.qmp);
  onPhase('resuming');
  const stateSocket = join(runFolder, `${name}.in`);
  await loadState(qmp, stateSocket, () => feedFile(template.stateFile, stateSocket));
  onPhase('starting_guest');
  const control = openControlLink(await process.control);
  control.send({
    type: 'start',
    key,
    nowMs: Date.now(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    entropy: randomBytes(64).toString('base64'),
    gatewayPort,
  });
  await control.next('started');
  onPhase('connecting');
  return { taskd: await openGuestLink({ port, key, build }), control };
}

/**
 * Sends the state to QEMU, which closes the connection as soon as it has read enough, before or after our end is
 * finished. QEMU's own status says whether it was enough.
 */
async function feedFile(path: string, socketPath: string): Promise<void> {
  const state = await readFile(path);
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection(socketPath, () => {
      socket.off('error', reject);
      socket.on('error', () => resolve());
      socket.once('finish', resolve);
      socket.once('close', () => resolve());
      socket.end(state);
    });
    socket.once('error', reject);
  });
}
