import { RpcError } from '../schema/errors';
import type { Transport } from '../schema/transport';
import { memoryPair } from '../schema/transports/memory';
import { bridgeGuest } from './guest-bridge';

function bridged(change: (guest: Transport) => Transport = (guest) => guest) {
  const [guest, guestSide] = memoryPair();
  const [main, mainSide] = memoryPair();
  bridgeGuest(change(guestSide), mainSide);
  return { guest, main };
}

const next = (transport: Transport): Promise<unknown> =>
  new Promise((resolve) => void transport.onMessage((message) => resolve(message)));

test('passes any message on unchanged, both ways', async () => {
  const { guest, main } = bridged();
  const atGuest = next(guest);
  const atMain = next(main);
  main.send({ id: 'c7', type: 'invented', payload: { any: [1] } });
  guest.send({ type: 'event', event: 'invented', extra: null });
  expect(await atGuest).toEqual({ id: 'c7', type: 'invented', payload: { any: [1] } });
  expect(await atMain).toEqual({ type: 'event', event: 'invented', extra: null });
});

test.each(['guest', 'main'] as const)('a close by the %s closes the other', async (side) => {
  const ends = bridged();
  const other = side === 'guest' ? ends.main : ends.guest;
  const closed = new Promise((resolve) => void other.onClose(resolve));
  ends[side].close('enough');
  expect(await closed).toBe('enough');
});

test("a request that can't be sent fails alone", async () => {
  const { guest, main } = bridged((transport) => ({
    ...transport,
    send: (message) => {
      if ((message as { id: string }).id === 'c1') throw new RpcError('FRAME_TOO_LARGE', 'Too long.');
      transport.send(message);
    },
  }));
  const answer = next(main);
  const atGuest = next(guest);
  main.send({ id: 'c1', type: 'prompt', payload: {} });
  main.send({ id: 'c2', type: 'abort', payload: {} });
  expect(await answer).toEqual({
    id: 'c1',
    ok: false,
    error: { code: 'FRAME_TOO_LARGE', message: 'Too long.', retryable: false },
  });
  expect(await atGuest).toMatchObject({ id: 'c2' });
});
