/**
 * Mounts the host's files, for taskd only. It happens after the resume, because a mount can't be part of a template.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { filesPortName } from '../../schema/control-port';
import { filesRoot } from './sandbox/layout';
import type { SystemCalls } from './system-calls';

const places = { port: `/dev/virtio-ports/${filesPortName}`, target: filesRoot };

/** Runs before the template is saved. */
export async function prepareFiles(system: SystemCalls): Promise<void> {
  await mkdir(filesRoot, { recursive: true });
  await system.prepareFiles(places);
}

/** @throws Error saying what failed */
export const mountFiles = (system: SystemCalls): Promise<void> => system.serveFiles(places);

/** Resolves when the host has everything that was written. */
export async function syncFiles(): Promise<void> {
  // In its own process, because it waits as long as any change waits for the person.
  await once(spawn('sync', ['--file-system', filesRoot], { stdio: 'ignore' }), 'close');
}
