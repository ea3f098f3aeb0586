import { PassThrough, Writable } from 'node:stream';
import { streamWire } from './stream-wire';

const closing = (wire: ReturnType<typeof streamWire>): Promise<string> =>
  new Promise((resolve) => wire.onClose(resolve));

test("bytes that came before there was a listener aren't lost", async () => {
  const input = new PassThrough();
  const wire = streamWire(input, new PassThrough());
  input.write('early');
  await new Promise(setImmediate);
  const got = new Promise<string>((resolve) => wire.onData((bytes) => resolve(Buffer.from(bytes).toString())));
  expect(await got).toBe('early');
});

test("closes when too much waits for a reader that doesn't read", async () => {
  const stuck = new Writable({ write: () => undefined });
  const wire = streamWire(new PassThrough(), stuck, { maximumQueuedBytes: 1000 });
  for (let index = 0; index < 12; index += 1) wire.write(new Uint8Array(100));
  expect(await closing(wire)).toBe('the other side left 1000 bytes unread');
  wire.write(new Uint8Array(100));
  expect(stuck.writableLength).toBeLessThan(1200);
});

test.each<[string, (input: PassThrough, output: PassThrough) => void, RegExp]>([
  ['the input ends', (input) => input.end(), /has ended/],
  ['the input fails', (input) => input.destroy(new Error('ECONNRESET')), /ECONNRESET/],
  ['the output fails', (_input, output) => output.destroy(new Error('EPIPE')), /EPIPE/],
])('closes when %s, and says why', async (_name, act, why) => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const wire = streamWire(input, output);
  wire.onData(() => undefined);
  const closed = closing(wire);
  act(input, output);
  expect(await closed).toMatch(why);
  wire.close();
});

test('closed from this side: the output ends, the owner is notified once, and a late listener too', async () => {
  const destroy = jest.fn();
  const output = new PassThrough();
  const wire = streamWire(new PassThrough(), output, { destroy });
  wire.close('enough');
  wire.close('again');
  expect(output.writableEnded).toBe(true);
  expect(destroy).toHaveBeenCalledTimes(1);
  expect(await closing(wire)).toBe('enough');
});
