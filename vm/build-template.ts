/** Builds a template with a cold boot: waits until pi processes are parked, then saves. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { VmPhaseName } from '../schema/vm-api';
import { openControlLink } from './control-link';
import { listenPrivately } from './private-socket';
import type { QemuProcess } from './qemu-process';
import { openQmp, saveState } from './qmp';
import { commitTemplate, type Template, type TemplateKey } from './template';

export interface BuildOptions {
  readonly process: QemuProcess;
  readonly built: Template;
  readonly target: Template;
  readonly key: TemplateKey;
  readonly runFolder: string;
  readonly onPhase: (phase: VmPhaseName) => void;
}

/** Resolves when the template is in its place. QEMU is then paused and no longer needed. */
export async function buildTemplate({ process, built, target, key, runFolder, onPhase }: BuildOptions): Promise<void> {
  onPhase('booting_template');
  const control = openControlLink(await process.control);
  const qmp = await openQmp(await process.qmp);
  onPhase('parking');
  await control.next('parked');
  onPhase('saving_template');
  const state = await listenPrivately(join(runFolder, 'save.sock'));
  const received = state.peer.then((socket) => pipeline(socket, createWriteStream(built.stateFile, { mode: 0o600 })));
  try {
    await Promise.all([saveState(qmp, state.path), received]);
  } finally {
    state.close();
  }
  await commitTemplate(built, target, key);
}
