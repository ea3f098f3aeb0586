/** Runs a host with the browser shell until somebody asks it to quit. */
import { join } from 'node:path';
import { startHost, type HostOptions } from '../../host';
import { readPageFiles } from './page-files';
import { startWebServer } from './web-server';

/** Resolves when the host has ended. `onReady` is told the page's one-time address. */
export async function runBrowserShell(options: HostOptions, onReady: (address: string) => void): Promise<void> {
  const host = await startHost(options);
  const quit = new Promise<void>((resolve) => {
    host.onQuit = resolve;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  // Whatever ends this process without waiting, the VM goes first.
  process.once('exit', () => host.vm.killNow());
  try {
    const files = await readPageFiles(join(options.workers, '..', 'app'));
    const server = await startWebServer({ files, accept: (transport) => host.accept(transport, 'browser') });
    host.pageAddress = () => server.address();
    onReady(server.address());
    await quit;
    await server.close();
  } finally {
    await host.dispose();
  }
}
