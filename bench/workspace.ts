/** A VM on a state of its own, as a bench needs it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultCacheRoot } from '../main/settings/state-folder';
import { piModels, piSettings } from '../main/providers/pi-config';
import { configureProviders } from '../main/providers/configured-provider';
import { Vm } from '../main/vm/vm';
import type { VmWorkerConfig } from '../schema/vm-api';

export interface Workspace {
  readonly config: VmWorkerConfig;
  dispose(): Promise<void>;
}

export async function makeWorkspace(packFolder: string): Promise<Workspace> {
  const root = await mkdtemp(join(tmpdir(), 'piwork-bench-'));
  const shares = { workdir: join(root, 'work'), taskstate: join(root, 'taskstate'), authstate: join(root, 'auth') };
  for (const folder of [...Object.values(shares), join(shares.workdir, 'folder'), join(root, 'run')])
    await mkdir(folder);
  await writeFile(join(shares.authstate, 'models.json'), JSON.stringify(piModels(configureProviders([]))));
  await writeFile(join(shares.authstate, 'settings.json'), JSON.stringify(piSettings()));
  return {
    config: {
      packFolder,
      cacheFolder: defaultCacheRoot(),
      runFolder: join(root, 'run'),
      shares,
      uid: process.getuid?.() ?? 1000,
      gid: process.getgid?.() ?? 1000,
      memoryMb: 2048,
      cores: 2,
      parked: 2,
      firstPort: 19484,
      accelerator: null,
      build: 'bench',
    },
    dispose: () => rm(root, { recursive: true, force: true }),
  };
}

/** Starts a VM; `call` is taskd's. */
export async function startVm(config: VmWorkerConfig): Promise<Vm> {
  const vm = new Vm(config);
  await vm.start({ key: '0'.repeat(64), gatewayPort: 9 });
  return vm;
}
