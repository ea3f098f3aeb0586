import { EventEmitter } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { maxFrameBytes } from '../jsonl';
import { jsonlTransport, type ByteStream } from './jsonl-stream';

/** A stream with the test as its other side. */
class FakeStream extends EventEmitter implements ByteStream {
  readonly written: string[] = [];
  isDestroyed = false;

  write(text: string): void {
    this.written.push(text);
  }

  destroy(): void {
    this.isDestroyed = true;
    this.emit('close');
  }

  arrive(text: string): void {
    this.emit('data', Buffer.from(text));
  }
}

function open(capBytes?: () => number) {
  const stream = new FakeStream();
  const transport = jsonlTransport(stream, capBytes);
  const messages: unknown[] = [];
  const closes: string[] = [];
  transport.onMessage((message) => messages.push(message));
  transport.onClose((reason) => closes.push(reason));
  return { stream, transport, messages, closes };
}

test('carries one message per line, both ways', () => {
  const { stream, transport, messages } = open();
  transport.send({ text: 'a\u2028b' });
  stream.arrive('{"id":');
  stream.arrive('1}\n"two"\n');
  expect(stream.written).toEqual(['{"text":"a\u2028b"}\n']);
  expect(messages).toEqual([{ id: 1 }, 'two']);
});

test.each([
  ['an HTTP request', 'POST / HTTP/1.1\r\n{"id":2}\n', []],
  ['a bad line between good ones', '{"id":1}\nnonsense\n{"id":2}\n', [{ id: 1 }]],
  ['an empty line', '\n{"id":2}\n', []],
  ['two values on a line', '{"id":1}{"id":2}\n', []],
])("closes at the first line that isn't JSON, and reads nothing after it: %s", (_name, text, read) => {
  const { stream, messages, closes } = open();
  stream.arrive(text);
  stream.arrive('{"id":3}\n');
  expect({ messages, closes: closes.length, isDestroyed: stream.isDestroyed }).toEqual({
    messages: read,
    closes: 1,
    isDestroyed: true,
  });
});

test('closes at a line over the cap, which may be raised later', () => {
  let capBytes = 10;
  const { stream, messages, closes } = open(() => capBytes);
  stream.arrive('"12345678"\n');
  capBytes = 100;
  stream.arrive(`"${'x'.repeat(90)}"\n`);
  stream.arrive('x'.repeat(101));
  expect(messages).toHaveLength(2);
  expect(closes).toEqual(['A line is longer than 100 bytes.']);
});

test("closes at bytes that aren't UTF-8", () => {
  const { stream, closes } = open();
  stream.emit('data', Buffer.from([0x22, 0xff, 0x22, 0x0a]));
  expect(closes).toEqual(['A line is not UTF-8.']);
});

test.each<[string, (stream: FakeStream) => void, string]>([
  ['an error', (stream) => stream.emit('error', new Error('reset')), 'reset'],
  ['its end', (stream) => stream.emit('close'), 'the other side closed the connection'],
])('reports once when the stream is gone: %s', (_name, end, reason) => {
  const { stream, transport, closes } = open();
  end(stream);
  stream.destroy();
  transport.close('again');
  transport.send({ lost: true });
  expect({ closes, written: stream.written }).toEqual({ closes: [reason], written: [] });
});

test("doesn't send what would make the other side close", () => {
  const { stream, transport, closes } = open();
  expect(() => transport.send('x'.repeat(maxFrameBytes))).toThrow('This is too large to send');
  expect({ closes, written: stream.written }).toEqual({ closes: [], written: [] });
});

test('works on a real socket, and closing one end is reported at the other', async () => {
  const server = createServer();
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const near = jsonlTransport(connect((server.address() as AddressInfo).port, '127.0.0.1'));
  const far = jsonlTransport(await accepted);
  const received = new Promise((resolve) => void far.onMessage(resolve));
  const closed = new Promise<string>((resolve) => void far.onClose(resolve));
  near.send({ big: 'é'.repeat(100_000) });
  expect(await received).toEqual({ big: 'é'.repeat(100_000) });
  near.close();
  expect(await closed).toBe('the other side closed the connection');
  await new Promise((resolve) => server.close(resolve));
});
