/** Runs a host with the browser shell until somebody asks it to quit. */
import { join } from 'node:path';
import type { Transport } from '../../../schema/transport';
import type { HostOptions } from '../../host/services';
import { startHost } from '../../host/start-host';
import { readPageFiles } from './page-files';
import { startWebServer } from './web-server';

/** Resolves when the host has ended. `onReady` receives the page's one-time address. */
export async function runBrowserShell(options: HostOptions, onReady: (address: string) => void): Promise<void> {
  const host = await startHost(options);
  let quit = (): void => undefined;
  const hasQuit = new Promise<void>((resolve) => (quit = resolve));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, quit);
  // If anything ends this process without waiting, the VM is killed first.
  process.once('exit', () => host.killNow());
  try {
    const files = await readPageFiles(join(options.workers, '..', 'app'));
    const pageAddress = (): string => server.address();
    const accept = (transport: Transport): void => host.accept(transport, 'browser', { pageAddress, quit });
    const server = await startWebServer({ files, accept });
    await host.listen({ pageAddress, quit });
    onReady(server.address());
    await hasQuit;
    await server.close();
  } finally {
    await host.dispose();
  }
}
