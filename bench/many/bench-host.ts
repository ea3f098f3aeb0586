/** The real host with a state of its own, as `npm start` composes it, and a client of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { appApi, type AppApi } from '../../schema/app-api';
import { connect, type Connection } from '../../schema/rpc-client';
import { memoryPair } from '../../schema/transports/memory';
import type { Host } from '../../main/host/host';
import { readHostOptions } from '../../main/host/installation';
import { startHost } from '../../main/host/start-host';

export interface BenchHost {
  readonly host: Host;
  readonly connection: Connection<AppApi>;
  /** Folder for the tasks' working folders */
  readonly work: string;
  /** Ends the host and its VM, and removes the state */
  dispose(): Promise<void>;
}

export async function startBenchHost(packFolder: string): Promise<BenchHost> {
  const root = await mkdtemp(join(tmpdir(), 'piwork-bench-'));
  const installed = await readHostOptions(resolve('dist', 'main'));
  const host = await startHost({ ...installed, packFolder, stateRoot: join(root, 'state'), firstPort: 19484 });
  const kill = (): void => host.killNow();
  process.once('exit', kill);
  const [near, far] = memoryPair();
  host.accept(far, 'terminal');
  return {
    host,
    connection: connect(appApi, near, { isPeerTrusted: true }),
    work: join(root, 'work'),
    dispose: async () => {
      await host.dispose();
      process.off('exit', kill);
      await rm(root, { recursive: true, force: true });
    },
  };
}
