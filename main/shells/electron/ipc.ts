/** Main's end of Electron IPC: one channel in, one out, and one check of the sender. */
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { TransportCore, type Transport } from '../../../schema/transport';

const toHost = 'piwork:to-host';
const toPage = 'piwork:to-page';

/** Protocol and host of our page; `URL.origin` is "null" for a custom scheme. */
const pageProtocol = 'app:';
const pageHost = 'ui';

/** Whether an address is one of our pages. */
export function isOurPage(address: string): boolean {
  try {
    const { protocol, host } = new URL(address);
    return protocol === pageProtocol && host === pageHost;
  } catch {
    return false;
  }
}

/** The transport of one page load. Messages of other windows, frames and addresses are dropped. */
export function windowTransport(ipc: IpcMain, contents: WebContents): Transport {
  const core = new TransportCore();
  const onMessage = (event: IpcMainEvent, message: unknown): void => {
    const isMainFrame = event.sender === contents && event.senderFrame === contents.mainFrame;
    if (isMainFrame && isOurPage(event.senderFrame.url)) core.receive(message);
  };
  const close = (reason = 'closed'): void => {
    if (!core.markClosed(reason)) return;
    ipc.off(toHost, onMessage);
    contents.off('destroyed', onDestroyed);
  };
  const onDestroyed = (): void => close('the window was closed');
  ipc.on(toHost, onMessage);
  contents.once('destroyed', onDestroyed);
  return {
    send: (message) => {
      if (!core.isClosed && !contents.isDestroyed()) contents.send(toPage, message);
    },
    onMessage: (listener) => core.onMessage(listener),
    onClose: (listener) => core.onClose(listener),
    close,
  };
}
