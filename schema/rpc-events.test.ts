/** Events, malformed messages and the close of a connection. */
import { RpcError } from './errors';
import { serve } from './rpc-server';
import type { Transport } from './transport';
import { memoryPair } from './transports/memory';
import { contract, handlers, joined, bareClient, bareServer, turn } from './test/joined';

describe('events', () => {
  test('arrive in order with their number and time', async () => {
    let clock = 100;
    const { served, onEvent } = joined({ server: { now: () => clock++ } });
    const events: unknown[] = [];
    onEvent((event) => events.push(event));
    expect(served.lastSeq).toBe(-1);
    served.emit({ event: 'counted', payload: { count: 1 } });
    served.emit({ event: 'counted', taskId: 'task-1', payload: { count: 2 } });
    expect(served.lastSeq).toBe(1);
    await turn();
    expect(events).toEqual([
      { type: 'event', event: 'counted', seq: 0, timestamp: 100, payload: { count: 1 } },
      { type: 'event', event: 'counted', seq: 1, timestamp: 101, taskId: 'task-1', payload: { count: 2 } },
    ]);
  });

  test('stop for a listener that is disposed', async () => {
    const { served, onEvent } = joined();
    const counts: number[] = [];
    const listening = onEvent(({ payload }) => {
      counts.push(payload.count);
      listening.dispose();
    });
    served.emit({ event: 'counted', payload: { count: 1 } });
    served.emit({ event: 'counted', payload: { count: 2 } });
    await turn();
    expect(counts).toEqual([1]);
  });

  test.each(['invented', 'constructor', 'hasOwnProperty'])('that are unknown are ignored: %s', async (event) => {
    const { far, onEvent, client, sent } = bareClient();
    const events: unknown[] = [];
    onEvent(({ payload }) => events.push(payload));
    far.send({ type: 'event', event, seq: 0, timestamp: 1, payload: {} });
    far.send({ type: 'event', event: 'counted', seq: 1, timestamp: 1, payload: { count: 1 } });
    const call = client.add({ a: 1 });
    await turn();
    far.send({ id: (sent as Array<{ id: string }>)[0]!.id, ok: true, result: { sum: 2 } });
    await call;
    expect(events).toEqual([{ count: 1 }]);
  });

  test("that can't be sent close the connection, so that nobody misses one unnoticed", () => {
    const [, far] = memoryPair();
    const unexpected: unknown[] = [];
    const tooLarge: Transport = {
      ...far,
      send: () => {
        throw new RpcError('FRAME_TOO_LARGE', 'Too long.');
      },
    };
    const served = serve(contract, handlers, tooLarge, { onUnexpected: (_error, type) => unexpected.push(type) });
    const reasons: string[] = [];
    served.onClose((reason) => reasons.push(reason));
    served.emit({ event: 'counted', payload: { count: 1 } });
    expect([reasons, unexpected]).toEqual([['an event could not be sent'], ['counted']]);
  });
});

describe('a message of unknown shape closes the connection', () => {
  test.each<[string, unknown]>([
    ['no object', 'hello'],
    ['null', null],
    ['no payload', { id: '1', type: 'add' }],
    ['a payload that is no object', { id: '1', type: 'add', payload: [] }],
    ['no id', { type: 'add', payload: {} }],
    ['an empty id', { id: '', type: 'add', payload: {} }],
    ['a long id', { id: 'x'.repeat(129), type: 'add', payload: {} }],
    ['a numeric id', { id: 1, type: 'add', payload: {} }],
    ['one field more', { id: '1', type: 'add', payload: {}, admin: true }],
  ])('at the server: %s', async (_name, message) => {
    const { near, closed, received } = bareServer();
    near.send(message);
    expect(await closed).toBe('a message was not a request');
    expect(received).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['no object', 7, 'a message of no known shape'],
    ['no response', { id: 'c1', ok: 'maybe' }, 'a message of no known shape'],
    [
      'an unknown code',
      { id: 'c1', ok: false, error: { code: 'EVIL', message: '', retryable: false } },
      'no known shape',
    ],
    ['an event without a number', { type: 'event', event: 'counted', payload: {} }, 'an event of no known shape'],
    [
      'an event with a wrong payload',
      { type: 'event', event: 'counted', seq: 0, timestamp: 0, payload: {} },
      'a malformed counted',
    ],
  ])('at the client: %s', async (_name, message, reason) => {
    const { far, client } = bareClient();
    const call = client.wait({});
    far.send(message);
    await expect(call).rejects.toMatchObject({
      details: { reason: expect.stringContaining(reason) as string },
    });
  });
});

test('closing twice notifies once, and a late listener is notified immediately', () => {
  const [near, far] = memoryPair();
  const reasons: string[] = [];
  far.onClose((reason) => reasons.push(reason));
  near.close('first');
  near.close('second');
  far.close('third');
  far.onClose((reason) => reasons.push(`late: ${reason}`));
  expect(reasons).toEqual(['first', 'late: first']);
});
