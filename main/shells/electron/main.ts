/** The Electron shell: one window on one host. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, safeStorage, shell } from 'electron';
import { RpcError } from '../../../schema/errors';
import type { OpenableFile } from '../../artifacts/openable-file';
import type { Host } from '../../host/host';
import { readHostOptions } from '../../host/installation';
import { HostTakenError, startHost } from '../../host/start-host';
import { defaultStateRoot } from '../../settings/state-folder';
import { readPageFiles } from '../web/page-files';
import { isOurPage, windowTransport } from './ipc';
import { buildMenu } from './menu';
import { pageAddress, pageScheme, servePage } from './page-protocol';
import { openSafeKeys } from './safe-keys';
import { createWindow } from './window';

// Stack traces in the log name lines of our sources.
process.setSourceMapsEnabled(true);
protocol.registerSchemesAsPrivileged([pageScheme]);

/** @throws RpcError `NOT_FOUND` with the system's reason */
async function openFile({ kind, path }: OpenableFile): Promise<void> {
  // What the agent wrote is never run on the person's computer.
  if (kind === 'show') return shell.showItemInFolder(path);
  const problem = await shell.openPath(path);
  if (problem !== '') throw new RpcError('NOT_FOUND', `Piwork couldn't open the file: ${problem}`);
}

async function pickFolder(): Promise<string | null> {
  // Called on the module, so that a test can replace the system's dialog.
  const { canceled, filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory', 'createDirectory'] });
  return canceled ? null : (filePaths[0] ?? null);
}

function openWindow(host: Host): BrowserWindow {
  const window = createWindow(join(__dirname, '..', 'preload', 'index.cjs'));
  let served: { close(reason?: string): void } | null = null;
  // Each load of the page is a client of its own, which begins with a snapshot. An attempt to navigate elsewhere is
  // reported here too, before it is refused, and must not disconnect the page that stays.
  window.webContents.on('did-start-navigation', ({ url, isMainFrame, isSameDocument }) => {
    if (!isMainFrame || isSameDocument || !isOurPage(url)) return;
    served?.close('the page was reloaded');
    const transport = windowTransport(ipcMain, window.webContents);
    served = transport;
    host.accept(transport, 'electron', { pickFolder, openFile, quit: () => app.quit() });
  });
  void window.loadURL(pageAddress);
  return window;
}

async function main(): Promise<void> {
  // One window per state folder: its lock and the page's storage are beside the tasks.
  app.setPath('userData', join(defaultStateRoot(), 'window'));
  if (!app.requestSingleInstanceLock()) return app.quit();
  await app.whenReady();
  const options = await readHostOptions(__dirname);
  const files = await readPageFiles(join(__dirname, '..', 'app'));
  servePage(protocol, files);
  Menu.setApplicationMenu(buildMenu(process.platform));
  const host = await startHost({ ...options, openKeys: (folder) => openSafeKeys(folder, safeStorage) });
  process.once('exit', () => host.killNow());
  await host.listen({ quit: () => app.quit() });

  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(host);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let hasEnded = false;
  app.on('before-quit', (event) => {
    if (hasEnded) return;
    event.preventDefault();
    void host.dispose().finally(() => {
      hasEnded = true;
      app.quit();
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => app.quit());
  openWindow(host);
}

main().catch((error: unknown) => {
  const message = error instanceof HostTakenError ? `${error.message} Close it first, or use that one.` : String(error);
  dialog.showErrorBox("Piwork couldn't start", message);
  app.exit(1);
});
