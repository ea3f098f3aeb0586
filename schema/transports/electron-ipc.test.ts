import { electronIpcTransport } from './electron-ipc';

function open() {
  const sent: unknown[] = [];
  let listener: ((message: unknown) => void) | null = null;
  const transport = electronIpcTransport({
    send: (message) => void sent.push(message),
    receive: (receiver) => {
      listener = receiver;
      return () => (listener = null);
    },
  });
  return { transport, sent, arrive: (message: unknown) => listener?.(message), isListening: () => listener !== null };
}

test('carries messages both ways until it is closed', () => {
  const { transport, sent, arrive, isListening } = open();
  const messages: unknown[] = [];
  const closes: string[] = [];
  transport.onMessage((message) => messages.push(message));
  transport.onClose((reason) => closes.push(reason));
  transport.send({ a: 1 });
  arrive({ b: 2 });
  expect(isListening()).toBe(true);
  transport.close('the window is gone');
  transport.close('again');
  transport.send('dropped');
  arrive('dropped');
  expect({ sent, messages, closes, isListening: isListening() }).toEqual({
    sent: [{ a: 1 }],
    messages: [{ b: 2 }],
    closes: ['the window is gone'],
    isListening: false,
  });
});
