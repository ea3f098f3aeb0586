/** Claims a state folder and starts a host on it; one host per state folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { claimStateFolder, releaseStateFolder, type HostRecord } from '../running-host/host-record';
import { makeStateFolder, socketParent, stateFolderAt } from '../settings/state-folder';
import { composeServices } from './compose';
import { Host } from './host';
import type { HostOptions } from './services';

/** Another host has this state folder. */
export class HostTakenError extends Error {
  constructor(readonly holder: HostRecord) {
    super(`Piwork is already running (process ${holder.pid}).`);
    this.name = 'HostTakenError';
  }
}

/** @throws HostTakenError when another host has the state folder */
export async function startHost(options: HostOptions): Promise<Host> {
  const state = stateFolderAt(options.stateRoot);
  await makeStateFolder(state);
  const runFolder = await mkdtemp(join(socketParent(), 'piwork-'));
  const removeRunFolder = (): Promise<void> => rm(runFolder, { recursive: true, force: true });
  const holder = await claimStateFolder(state.hostFile, join(runFolder, 'host.sock'));
  if (holder) {
    await removeRunFolder();
    throw new HostTakenError(holder);
  }
  try {
    return new Host(await composeServices({ options, state, runFolder }), runFolder);
  } catch (error) {
    await releaseStateFolder(state.hostFile);
    await removeRunFolder();
    throw error;
  }
}
