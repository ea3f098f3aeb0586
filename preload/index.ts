/** Everything that the page gets: two plain functions that carry messages of `app-api`. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { PreloadBridge } from '../schema/transports/electron-ipc';

const toHost = 'piwork:to-host';
const toPage = 'piwork:to-page';

const bridge: PreloadBridge = {
  send: (message) => ipcRenderer.send(toHost, message),
  receive: (listener) => {
    const onMessage = (_event: IpcRendererEvent, message: unknown): void => listener(message);
    ipcRenderer.on(toPage, onMessage);
    return () => void ipcRenderer.off(toPage, onMessage);
  },
};

contextBridge.exposeInMainWorld('piwork', bridge);
