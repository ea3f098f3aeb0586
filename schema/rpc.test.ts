/** Calls of one contract, connected in memory. */
import { RpcError } from './errors';
import { ReplayCache } from './replay-cache';
import { type Handlers } from './rpc';
import { connect } from './rpc-client';
import { serve } from './rpc-server';
import type { Transport } from './transport';
import { memoryPair } from './transports/memory';
import { contract, handlers, joined, bareClient, bareServer, turn, code } from './test/joined';

describe('a call', () => {
  test('is answered, with the defaults of its parameters', async () => {
    const { client } = joined();
    expect(await client.add({ a: 1, b: 2 })).toEqual({ sum: 3 });
    expect(await client.add({ a: 1 })).toEqual({ sum: 2 });
  });

  test('may be overtaken by a later one', async () => {
    const { client } = joined();
    const abort = new AbortController();
    const slow = client.wait({}, { signal: abort.signal });
    expect(await client.add({ a: 1 })).toEqual({ sum: 2 });
    abort.abort();
    await expect(slow).rejects.toEqual(code('CANCELLED'));
  });

  test('with a bad parameter is refused, and the error names it', async () => {
    const { client } = joined();
    const wrong = client.add({ a: 'one', c: 2 } as unknown as { a: number });
    await expect(wrong).rejects.toEqual(code('INVALID_REQUEST'));
    await expect(wrong).rejects.toThrow(/^The request isn't valid: .*expected number.*→ at a/s);
    await expect(wrong).rejects.toThrow(/Unrecognized key: "c"/);
  });

  test.each(['subtract', 'constructor', 'toString', '__proto__'])(
    'of an unknown method is refused: %s',
    async (type) => {
      const { near, next } = bareServer();
      near.send({ id: '1', type, payload: {} });
      expect(await next()).toEqual({
        id: '1',
        ok: false,
        error: {
          code: 'NOT_SUPPORTED',
          message: expect.stringContaining("This version of Piwork can't do this.") as string,
          retryable: false,
          details: { method: type },
        },
      });
    },
  );

  test('that throws an RpcError passes it on', async () => {
    const { client } = joined();
    await expect(client.fail({ how: 'rpc' })).rejects.toEqual(code('NOT_FOUND'));
    await expect(client.fail({ how: 'rpc' })).rejects.toMatchObject({ message: 'There is none.', details: 7 });
  });

  test('that throws anything else is an internal error, reported once', async () => {
    const unexpected: unknown[] = [];
    const { client } = joined({ server: { onUnexpected: (error, type) => unexpected.push([String(error), type]) } });
    await expect(client.fail({ how: 'plain' })).rejects.toEqual(code('INTERNAL_ERROR'));
    await expect(client.fail({ how: 'rpc' })).rejects.toEqual(code('NOT_FOUND'));
    expect(unexpected).toEqual([['Error: a fault', 'fail']]);
  });

  test('whose answer has another shape is refused, unless the other side is trusted', async () => {
    await expect(joined().client.fail({ how: 'shape' })).rejects.toEqual(code('PROTOCOL_MISMATCH'));
    expect(await joined({ client: { isPeerTrusted: true } }).client.fail({ how: 'shape' })).toEqual({ fine: 'yes' });
  });

  test("that can't be sent is refused", async () => {
    const [near] = memoryPair();
    const broken: Transport = {
      ...near,
      send: () => {
        throw new RpcError('FRAME_TOO_LARGE', 'Too long.');
      },
    };
    await expect(connect(contract, broken).client.add({ a: 1 })).rejects.toEqual(code('FRAME_TOO_LARGE'));
  });
});

describe('a call without an answer', () => {
  afterEach(() => jest.useRealTimers());

  test('ends at its deadline, and the late answer changes nothing', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'setImmediate'] });
    const { client, sent, far } = bareClient({ timeoutMs: 1_000 });
    const call = client.add({ a: 1 });
    const patient = client.add({ a: 2 }, { timeoutMs: 5_000 });
    const failed = expect(call).rejects.toThrow('There was no answer in time. Try again.');
    jest.advanceTimersByTime(1_000);
    await failed;
    await turn();
    const ids = (sent as Array<{ id: string }>).map(({ id }) => id);
    far.send({ id: ids[0], ok: true, result: { sum: 0 } });
    far.send({ id: ids[1], ok: true, result: { sum: 3 } });
    expect(await patient).toEqual({ sum: 3 });
    expect(jest.getTimerCount()).toBe(0);
  });

  test('waits as long as the connection lasts when it has no deadline', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'setImmediate'] });
    const { client, far } = bareClient({ timeoutMs: 1_000 });
    const call = client.add({ a: 1 }, { timeoutMs: null });
    const ended = expect(call).rejects.toEqual(code('DISCONNECTED'));
    jest.advanceTimersByTime(24 * 60 * 60_000);
    expect(jest.getTimerCount()).toBe(0);
    far.close();
    await ended;
  });

  test('ends by its signal', async () => {
    const { client } = bareClient();
    const abort = new AbortController();
    const call = client.add({ a: 1 }, { signal: abort.signal });
    abort.abort();
    await expect(call).rejects.toEqual(code('CANCELLED'));
  });

  test("isn't sent when its signal has already fired", async () => {
    const { client, sent } = bareClient();
    await expect(client.add({ a: 1 }, { signal: AbortSignal.abort() })).rejects.toEqual(code('CANCELLED'));
    await turn();
    expect(sent).toEqual([]);
  });

  test('ends with the connection, and so does every later one', async () => {
    const connection = bareClient();
    const { client, far } = connection;
    const reasons: string[] = [];
    connection.onClose((reason) => reasons.push(reason));
    const calls = [client.add({ a: 1 }), client.wait({})];
    const failed = Promise.all(calls.map((call) => expect(call).rejects.toEqual(code('DISCONNECTED'))));
    far.close('the guest is gone');
    await failed;
    await expect(client.add({ a: 1 })).rejects.toMatchObject({
      message: 'The connection was lost. Try again.',
      details: { method: 'add', reason: 'the guest is gone' },
    });
    expect(reasons).toEqual(['the guest is gone']);
  });

  test('gives the handler a signal that fires at the close', async () => {
    const aborted = new Promise((resolve) => {
      const [near, far] = memoryPair();
      const listening: Handlers<typeof contract> = {
        ...handlers,
        wait: (_params, signal) => {
          signal.addEventListener('abort', resolve);
          near.close();
          return Promise.resolve({});
        },
      };
      serve(contract, listening, far);
      near.send({ id: '1', type: 'wait', payload: {} });
    });
    await aborted;
  });
});

describe('a repeated request', () => {
  const request = { id: 'r1', type: 'add', payload: { a: 1 } };

  test('has one effect and one answer, across connections that share a cache', async () => {
    let runs = 0;
    const replay = new ReplayCache();
    const counting = { ...handlers, add: async () => ({ sum: ++runs }) };
    const answers: unknown[] = [];
    for (let connection = 0; connection < 2; connection++) {
      const [near, far] = memoryPair();
      serve(contract, counting, far, { replay });
      near.onMessage((message) => answers.push(message));
      near.send(request);
      near.send(request);
      await turn();
    }
    expect(answers).toEqual(Array(4).fill({ id: 'r1', ok: true, result: { sum: 1 } }));
  });

  test('with another payload or type is refused', async () => {
    const { near, next } = bareServer({ replay: new ReplayCache() });
    near.send(request);
    await next();
    for (const other of [{ payload: { a: 2 } }, { type: 'wait', payload: {} }]) {
      near.send({ ...request, ...other });
      expect(await next()).toMatchObject({ id: 'r1', ok: false, error: { code: 'INVALID_REQUEST' } });
    }
  });

  test('runs again without a cache', async () => {
    const { near, next } = bareServer();
    near.send(request);
    await next();
    near.send({ ...request, payload: { a: 2 } });
    expect(await next()).toEqual({ id: 'r1', ok: true, result: { sum: 3 } });
  });
});

/** Compiled but never run: handlers that don't fit their contract are type errors. */
export function typeTests(): void {
  const { add, wait, fail } = handlers;
  // @ts-expect-error a handler is missing
  const missing: Handlers<typeof contract> = { add, wait };
  // @ts-expect-error a handler is not in the contract
  const extra: Handlers<typeof contract> = { add, wait, fail, more: wait };
  // @ts-expect-error a handler answers with another shape
  const wronglyTyped: Handlers<typeof contract> = { wait, fail, add: async () => ({ sum: 'three' }) };
  const { client, served } = joined();
  // @ts-expect-error a parameter is missing
  void client.add({});
  // @ts-expect-error a parameter is not in the contract
  void client.add({ a: 1, c: 2 });
  // @ts-expect-error there is no such method
  const unknownMethod: unknown = client.subtract;
  // @ts-expect-error the answer has another shape
  const answer: Promise<{ sum: string }> = client.add({ a: 1 });
  // @ts-expect-error there is no such event
  served.emit({ event: 'invented', payload: {} });
  // @ts-expect-error the payload is of another event
  served.emit({ event: 'counted', payload: { number: 1 } });
  expect([missing, extra, wronglyTyped, unknownMethod, answer]).toBeDefined();
}
