import { GuestFailedError, openControlLink } from './control-link';
import { socketPair, type SocketPair } from './test/socket-pair';

let pair: SocketPair;
beforeEach(async () => (pair = await socketPair()));
afterEach(() => {
  pair.near.destroy();
  pair.far.socket.destroy();
});

test('carries messages both ways, and keeps one that comes before it is wanted', async () => {
  const link = openControlLink(pair.near);
  pair.far.say({ type: 'started' });
  pair.far.say({ type: 'parked', count: 2 });
  expect(await link.next('parked')).toEqual({ type: 'parked', count: 2 });
  expect(await link.next('started')).toEqual({ type: 'started' });
  link.send({ type: 'shutdown' });
  expect(await pair.far.message(1)).toEqual({ type: 'shutdown' });
});

test.each<[string, unknown, string]>([
  ['a failure', { type: 'failed', message: 'workdir cannot be mounted' }, 'workdir cannot be mounted'],
  ['no JSON', 'piwork-selftest-ok\n', 'the control port closed'],
  ['an unknown message', { type: 'run' }, 'the guest sent an unknown message on the control port'],
])('stops waiting for a guest that says %s', async (_name, message, reason) => {
  const link = openControlLink(pair.near);
  const started = expect(link.next('started')).rejects.toThrow(reason);
  pair.far.say(message);
  await started;
  await expect(link.next('parked')).rejects.toBeInstanceOf(GuestFailedError);
});

test('stops waiting for a guest that goes away', async () => {
  const link = openControlLink(pair.near);
  const started = expect(link.next('started')).rejects.toThrow(
    'the control port closed: the other side closed the connection',
  );
  pair.far.socket.end();
  await started;
});
