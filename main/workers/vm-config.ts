/** The size of the VM and where it finds what it needs. */
import { cpus } from 'node:os';
import { taskdPort } from '../../schema/taskd-api';
import type { VmWorkerConfig } from '../../schema/vm-api';

export interface VmPlaces {
  readonly packFolder: string;
  readonly cacheRoot: string;
  readonly version: string;
  readonly firstPort?: number;
}

/** The VM worker's configuration; `runFolder` and `filesSocket` belong to one run of Piwork. */
export const vmConfig = (places: VmPlaces, runFolder: string, filesSocket: string): VmWorkerConfig => ({
  packFolder: places.packFolder,
  cacheFolder: places.cacheRoot,
  runFolder,
  filesSocket,
  memoryMb: 2048,
  cores: Math.min(2, cpus().length),
  parked: 2,
  firstPort: places.firstPort ?? taskdPort,
  accelerator: null,
  build: places.version,
});
