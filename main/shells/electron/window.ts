/** The window: sandboxed, isolated, and restricted to our own page. */
import { BrowserWindow, shell } from 'electron';
import { isOurPage } from './ipc';

/** Creates the window without loading anything, so that no event of the first load is missed. */
export function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'Piwork',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  const { webContents } = window;
  webContents.on('will-navigate', (event) => {
    if (!isOurPage(event.url)) event.preventDefault();
  });
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(({ url }) => {
    // A link in an answer, clicked by the person: opens in their own browser, and only web addresses do.
    if (/^https?:\/\//.test(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  const isGranted = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  webContents.session.setPermissionRequestHandler((_contents, permission, answer) => answer(isGranted(permission)));
  webContents.session.setPermissionCheckHandler((_contents, permission) => isGranted(permission));
  return window;
}
