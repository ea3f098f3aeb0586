import { maxFrameBytes } from '../jsonl';
import { webSocketTransport, type WebSocketLike } from './web-socket';

type Listener = (event: { data: unknown }) => void;

class FakeSocket implements WebSocketLike {
  readyState = 0;
  readonly sent: string[] = [];
  readonly closes: Array<number | undefined> = [];
  readonly #listeners = new Map<string, Listener>();

  send(text: string): void {
    this.sent.push(text);
  }

  close(code?: number): void {
    this.readyState = 2;
    this.closes.push(code);
  }

  addEventListener(type: string, listener: Listener | (() => void)): void {
    this.#listeners.set(type, listener);
  }

  occur(type: string, data?: unknown): void {
    if (type === 'open') this.readyState = 1;
    this.#listeners.get(type)?.({ data });
  }
}

function open() {
  const socket = new FakeSocket();
  const transport = webSocketTransport(socket);
  const messages: unknown[] = [];
  const closes: string[] = [];
  transport.onMessage((message) => messages.push(message));
  transport.onClose((reason) => closes.push(reason));
  return { socket, transport, messages, closes };
}

test('messages sent before the socket is open wait for it, in order', () => {
  const { socket, transport } = open();
  transport.send(1);
  transport.send({ two: 2 });
  expect(socket.sent).toEqual([]);
  socket.occur('open');
  transport.send('three');
  expect(socket.sent).toEqual(['1', '{"two":2}', '"three"']);
});

test('a frame is one message', () => {
  const { socket, messages } = open();
  socket.occur('open');
  socket.occur('message', '{"a":\n1}');
  socket.occur('message', 'null');
  expect(messages).toEqual([{ a: 1 }, null]);
});

test.each([
  ['no JSON', 'hello', "a frame wasn't JSON"],
  ['binary', new Uint8Array([123, 125]), "a frame wasn't acceptable text"],
  ['too long', 'x'.repeat(maxFrameBytes + 1), "a frame wasn't acceptable text"],
])('closes at a frame that is %s, and reads no other', (_name, data, reason) => {
  const { socket, messages, closes } = open();
  socket.occur('open');
  socket.occur('message', data);
  socket.occur('message', '{}');
  expect({ messages, closes, socketCloses: socket.closes }).toEqual({
    messages: [],
    closes: [reason],
    socketCloses: [1000],
  });
});

test.each([
  ['close', 'the connection was closed'],
  ['error', 'the connection failed'],
])('reports once when the socket is gone: %s', (event, reason) => {
  const { socket, transport, closes } = open();
  socket.occur('open');
  socket.occur(event);
  socket.occur('close');
  transport.close();
  transport.send('lost');
  expect({ closes, sent: socket.sent }).toEqual({ closes: [reason], sent: [] });
});

test("doesn't send what would make the other side close", () => {
  const { socket, transport } = open();
  socket.occur('open');
  expect(() => transport.send('x'.repeat(maxFrameBytes))).toThrow('This is too large to send');
  expect(socket.sent).toEqual([]);
});
