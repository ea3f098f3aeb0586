/** Over an IPC and a window controlled by the test. Each refused case differs from the accepted one in one thing. */
import { EventEmitter } from 'node:events';
import type { IpcMain, WebContents } from 'electron';
import { isOurPage, windowTransport } from './ipc';

const ourAddress = 'app://ui/index.html';

class PlayedWindow extends EventEmitter {
  readonly sent: unknown[] = [];
  mainFrame = { url: ourAddress };
  #isDestroyed = false;

  send(channel: string, message: unknown): void {
    // Electron throws as well.
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
    this.sent.push([channel, message]);
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.emit('destroyed');
  }
}

function openWindow() {
  const ipc = new EventEmitter();
  const window = new PlayedWindow();
  const transport = windowTransport(ipc as IpcMain, window as unknown as WebContents);
  const received: unknown[] = [];
  const closed: string[] = [];
  transport.onMessage((message) => received.push(message));
  transport.onClose((reason) => closed.push(reason));
  const say = (message: unknown, from: { sender?: unknown; senderFrame?: unknown } = {}): void => {
    ipc.emit('piwork:to-host', { sender: window, senderFrame: window.mainFrame, ...from }, message);
  };
  return { ipc, window, transport, received, closed, say };
}

test('messages of our page in the main frame of its window are received', () => {
  const { say, received } = openWindow();
  say({ id: '1' });
  expect(received).toEqual([{ id: '1' }]);
});

const fromAnother = (): { sender: PlayedWindow; senderFrame: unknown } => {
  const sender = new PlayedWindow();
  return { sender, senderFrame: sender.mainFrame };
};

test.each<[string, (window: PlayedWindow) => { sender?: unknown; senderFrame?: unknown }]>([
  ['another window', () => ({ sender: new PlayedWindow() })],
  ['another window with its own main frame', fromAnother],
  ['a frame inside the page', () => ({ senderFrame: { url: ourAddress } })],
  ['a frame that is gone', () => ({ senderFrame: null })],
])('messages from %s are dropped', (_who, from) => {
  const { window, say, received } = openWindow();
  say({ id: 'dropped' }, from(window));
  say({ id: 'heard' });
  expect(received).toEqual([{ id: 'heard' }]);
});

const otherAddresses = [
  'https://site.example/index.html',
  'http://ui/index.html',
  'app://other/index.html',
  'app://ui.example/index.html',
  'file:///index.html',
  'about:blank',
  'data:text/html,app://ui/',
  'app:ui',
  '',
];

test.each(otherAddresses)('messages of the window while it shows %j are dropped', (address) => {
  const { window, say, received } = openWindow();
  window.mainFrame.url = address;
  say({ id: 'dropped' });
  window.mainFrame.url = ourAddress;
  say({ id: 'heard' });
  expect(received).toEqual([{ id: 'heard' }]);
});

test.each(otherAddresses)("%j isn't one of our pages", (address) => expect(isOurPage(address)).toBe(false));
test.each([ourAddress, 'app://ui/', 'app://ui/index.html?a#b'])('%j is one of our pages', (address) => {
  expect(isOurPage(address)).toBe(true);
});

test('answers go to this window, on one channel', () => {
  const { window, transport } = openWindow();
  transport.send({ id: '1', ok: true });
  expect(window.sent).toEqual([['piwork:to-page', { id: '1', ok: true }]]);
});

test('a window that is gone closes the transport once, and is sent nothing more', () => {
  const { ipc, window, transport, closed, say, received } = openWindow();
  window.destroy();
  transport.send({ id: '1', ok: true });
  say({ id: '2' });
  transport.close('too late');
  expect(closed).toEqual(['the window was closed']);
  expect(window.sent).toEqual([]);
  expect(received).toEqual([]);
  expect(ipc.listenerCount('piwork:to-host')).toBe(0);
});

test('a window that is gone before anybody connected is sent nothing', () => {
  const { window, transport } = openWindow();
  jest.spyOn(window, 'isDestroyed').mockReturnValue(true);
  transport.send({ id: '1' });
  expect(window.sent).toEqual([]);
});

test('after a new load, the earlier transport receives and sends nothing, and leaves no listener', () => {
  const { ipc, window, transport, say, received, closed } = openWindow();
  transport.close('the page was loaded again');
  const next = windowTransport(ipc as IpcMain, window as unknown as WebContents);
  say({ id: '1' });
  transport.send({ id: '1', ok: true });
  expect(received).toEqual([]);
  expect(window.sent).toEqual([]);
  expect(closed).toEqual(['the page was loaded again']);
  next.close();
  expect(ipc.listenerCount('piwork:to-host')).toBe(0);
  expect(window.listenerCount('destroyed')).toBe(0);
});
