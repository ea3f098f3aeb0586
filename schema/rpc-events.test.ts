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
});

describe('a message of unknown shape is dropped, and nothing else', () => {
  test.each<[string, unknown, string]>([
    ['no object', 7, 'an answer'],
    ['no id', { ok: true }, 'an answer'],
    ['an event without a number', { type: 'event', event: 'counted', payload: {} }, 'an event'],
    ['a wrong payload', { type: 'event', event: 'counted', seq: 0, timestamp: 0, payload: {} }, 'counted'],
  ])('%s', async (_name, message, what) => {
    const malformed: string[] = [];
    const { far, client, sent, onEvent } = bareClient({ onMalformed: (name) => malformed.push(name) });
    const counts: number[] = [];
    onEvent(({ payload }) => counts.push(payload.count));
    const call = client.add({ a: 1 });
    await turn();
    far.send(message);
    far.send({ type: 'event', event: 'counted', seq: 1, timestamp: 0, payload: { count: 1 } });
    far.send({ id: (sent as Array<{ id: string }>)[0]!.id, ok: true, result: { sum: 2 } });
    expect([await call, malformed, counts]).toEqual([{ sum: 2 }, [what], [1]]);
  });

  test.each<[string, object]>([
    ['neither well nor badly ended', { ok: 'maybe' }],
    ['an unknown code', { ok: false, error: { code: 'EVIL', message: '', retryable: false } }],
  ])('the call that it answers fails: %s', async (_name, fields) => {
    const { far, client, sent } = bareClient();
    const [call, other] = [client.wait({}), client.add({ a: 1 })];
    await turn();
    const [{ id }, { id: otherId }] = sent as [{ id: string }, { id: string }];
    far.send({ id, ...fields });
    await expect(call).rejects.toMatchObject({ code: 'PROTOCOL_MISMATCH' });
    far.send({ id: otherId, ok: true, result: { sum: 2 } });
    expect(await other).toEqual({ sum: 2 });
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
