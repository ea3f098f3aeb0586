import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { channelPort, messagePortTransport, type ChannelPort, type PortLike } from './message-port';

test('carries clones over a real channel, and reports a close at both ends', async () => {
  const { port1, port2 } = new MessageChannel();
  const near = messagePortTransport(port1, () => port1.close());
  const far = messagePortTransport(port2, () => port2.close());
  const received = new Promise((resolve) => void far.onMessage(resolve));
  const closes = Promise.all([near, far].map((end) => new Promise((resolve) => void end.onClose(resolve))));
  const message = { bytes: new Uint8Array([1, 2]), nested: [{ deep: null }] };
  near.send(message);
  message.nested.length = 0;
  expect(await received).toEqual({ bytes: new Uint8Array([1, 2]), nested: [{ deep: null }] });
  near.close('done');
  expect(await closes).toEqual(['done', 'the port was closed']);
  near.send('dropped');
});

test('a port in a payload moves to the other side', async () => {
  const { port1, port2 } = new MessageChannel();
  const near = messagePortTransport(port1, () => port1.close());
  const far = messagePortTransport(port2, () => port2.close());
  const inner = new MessageChannel();
  const received = new Promise<{ payload: { port: ChannelPort } }>(
    (resolve) => void far.onMessage((message) => resolve(message as { payload: { port: ChannelPort } })),
  );
  near.send({ type: 'event', payload: { port: inner.port2 } });
  const { port } = (await received).payload;
  expect([channelPort.safeParse(port).success, channelPort.safeParse({}).success]).toEqual([true, false]);
  const answer = new Promise((resolve) => inner.port1.on('message', resolve));
  port.postMessage('hello');
  expect(await answer).toBe('hello');
  port.close();
  near.close();
});

test.each([
  ['close', undefined, 'the port was closed'],
  ['exit', 3, 'the worker stopped unexpectedly'],
  ['error', new Error('broke'), 'the worker failed: Error: broke'],
])('reports what happened to a worker: %s', (event, detail, reason) => {
  const port = Object.assign(new EventEmitter(), { postMessage: jest.fn() }) satisfies PortLike;
  const end = jest.fn();
  const transport = messagePortTransport(port, end);
  const closes: string[] = [];
  transport.onClose((text) => closes.push(text));
  port.emit(event, detail);
  port.emit('exit', 0);
  transport.send('dropped');
  transport.close();
  expect({ closes, sent: port.postMessage.mock.calls, ended: end.mock.calls.length }).toEqual({
    closes: [reason],
    sent: [],
    ended: 0,
  });
});
