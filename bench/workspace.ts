/** A VM with a state of its own, for a bench. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentUser } from '../schema/control-port';
import { defaultCacheRoot } from '../main/settings/state-folder';
import { openFolder } from '../files/confined/open-folder';
import { FileServer } from '../files/server/file-server';
import { piConfig } from '../main/providers/pi-config';
import { configureProviders } from '../main/providers/configured-provider';
import { connect, type Connection } from '../schema/rpc-client';
import { taskdApi, type TaskdApi } from '../schema/taskd-api';
import type { Transport } from '../schema/transport';
import { Vm } from '../vm/vm';
import type { VmWorkerConfig } from '../schema/vm-api';

export interface Workspace {
  readonly config: VmWorkerConfig;
  /** Opens a task with its own empty folders */
  readonly openTask: (guest: BenchGuest, taskId: string) => Promise<void>;
  dispose(): Promise<void>;
}

export async function makeWorkspace(packFolder: string): Promise<Workspace> {
  const root = await mkdtemp(join(tmpdir(), 'piwork-bench-'));
  const runFolder = join(root, 'run');
  await mkdir(runFolder);
  const filesSocket = join(runFolder, 'files.sock');
  const files = new FileServer(agentUser);
  const listener = createServer((guest) => files.serve(guest));
  await new Promise<void>((resolve) => listener.listen(filesSocket, resolve));
  return {
    config: {
      packFolder,
      cacheFolder: defaultCacheRoot(),
      runFolder,
      filesSocket,
      memoryMb: 2048,
      cores: 2,
      parked: 2,
      firstPort: 19484,
      accelerator: null,
      build: 'bench',
    },
    openTask: async ({ taskd }, taskId) => {
      for (const area of ['folder', 'outputs', 'uploads', 'session'] as const) {
        const path = join(root, taskId, area);
        await mkdir(path, { recursive: true });
        files.bind({ taskId, area, files: openFolder(path), isWritable: true });
      }
      const request = { taskId, hasWorkingFolder: true, piConfig: piConfig(configureProviders([])) };
      await taskd.client.create_or_open_task(request, { timeoutMs: 60_000 });
    },
    dispose: async () => {
      listener.close();
      files.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A VM that is ready, and its taskd. */
export interface BenchGuest {
  readonly vm: Vm;
  readonly taskd: Connection<TaskdApi>;
}

/** Starts a VM. */
export async function startVm(config: VmWorkerConfig): Promise<BenchGuest> {
  const vm = new Vm(config);
  const linked = new Promise<Transport>((resolve) => void vm.linked.add(resolve));
  await vm.start({ key: '0'.repeat(64), gatewayPort: 9 });
  return { vm, taskd: connect(taskdApi, await linked) };
}
