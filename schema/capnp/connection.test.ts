import type { Framed, Lists, Listener, Pointers, Speaker } from '../generated/every-kind';
import { numbersCodec, pointersCodec, speakerInterface } from '../generated/every-kind-codec';
import { type ByteWire, memoryWirePair } from './byte-wire';
import { Connection } from './connection';
import type { ConnectionOptions } from './connection-link';
import { ContractError } from './contract-error';
import { servingOnly, withDefaults } from './with-defaults';

const lists: Lists = {
  ...{ bools: [], int8s: [], int16s: [], int32s: [], int64s: [], uint8s: [], uint16s: [], uint32s: [], uint64s: [] },
  ...{ float32s: [], float64s: [], datas: [], colours: [], shapes: [], matrix: [], empties: [] },
  texts: ['hello'],
};
const framed: Framed = { frame: { width: 1, height: 2 }, content: { which: 'empty' } };
const numbers = withDefaults(numbersCodec, {});
const pointers = (text: string): Pointers => withDefaults(pointersCodec, { text });

function connected(
  speaker: Partial<Speaker>,
  options: { readonly client?: ConnectionOptions; readonly server?: ConnectionOptions } = {},
): {
  readonly remote: Speaker;
  readonly client: Connection;
  readonly server: Connection;
  readonly wires: readonly ByteWire[];
} {
  const wires = memoryWirePair();
  const main = { descriptor: speakerInterface, implementation: servingOnly<Speaker>(speaker) };
  const server = new Connection(wires[1], main, options.server);
  const client = new Connection(wires[0], null, options.client);
  return { remote: client.bootstrap(speakerInterface), client, server, wires };
}

/** A promise and the functions that settle it. */
function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}

const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
beforeAll(() => process.on('unhandledRejection', onUnhandled));
afterAll(async () => {
  await new Promise(setImmediate);
  process.off('unhandledRejection', onUnhandled);
  expect(unhandled).toEqual([]);
});

test('calls made before the bootstrap answer arrives are answered in order', async () => {
  const seen: string[] = [];
  const { remote } = connected({
    echo: async (input) => {
      seen.push(input.texts[0]!);
      return input;
    },
  });
  const answers = await Promise.all(['a', 'b', 'c'].map((text) => remote.echo({ ...lists, texts: [text] })));
  expect(answers.map(({ texts }) => texts)).toEqual([['a'], ['b'], ['c']]);
  expect(seen).toEqual(['a', 'b', 'c']);
});

test('an interface passed as a parameter is called back, as often as wanted', async () => {
  const { remote } = connected({
    subscribe: async ({ listener, times }) => {
      for (let index = 0; index < times; index += 1) await listener.heard(framed);
      return pointers('done');
    },
  });
  const heard: Framed[] = [];
  const listener: Listener = {
    heard: async (input) => {
      heard.push(input);
      return {};
    },
  };
  expect((await remote.subscribe({ listener, times: 3 })).text).toBe('done');
  expect(heard).toEqual([framed, framed, framed]);
});

test('a capability that was kept can be called after the call that brought it has ended', async () => {
  const kept = deferred<Listener>();
  const { remote } = connected({
    subscribe: async ({ listener }) => {
      kept.resolve(listener);
      return pointers('');
    },
  });
  await remote.subscribe({ listener: { heard: async () => ({}) }, times: 0 });
  const listener = await kept.promise;
  expect(await listener.heard(framed)).toEqual({});
});

describe('errors keep their code', () => {
  test.each<[string, () => Error, string, string]>([
    [
      'a ContractError',
      () => new ContractError('denied', 'the person said no: really'),
      'denied',
      'the person said no: really',
    ],
    ['any other error', () => new TypeError('x is undefined'), 'internalError', 'x is undefined'],
  ])('%s', async (_name, make, code, message) => {
    const { remote } = connected({ measure: () => Promise.reject(make()) });
    await expect(remote.measure(numbers)).rejects.toMatchObject({ name: 'ContractError', code, message });
  });

  test('thrown before there is a promise', async () => {
    const { remote } = connected({
      measure: () => {
        throw new ContractError('notReady', 'attach first');
      },
    });
    await expect(remote.measure(numbers)).rejects.toMatchObject({ code: 'notReady', retryable: true });
  });

  test("a method that isn't served, and a side that offers nothing", async () => {
    const { remote, server } = connected({});
    await expect(remote.measure(numbers)).rejects.toMatchObject({
      code: 'unimplemented',
      message: "Speaker.measure isn't available here",
    });
    await expect(server.bootstrap(speakerInterface).measure(numbers)).rejects.toMatchObject({ code: 'notFound' });
  });

  test("input or output that doesn't fit", async () => {
    const { remote } = connected({ measure: async () => ({ ...numbers, int8: 1000 }) });
    await expect(remote.measure({ ...numbers, colour: 'mauve' as 'red' })).rejects.toMatchObject({
      code: 'invalidInput',
      message: "Numbers can't be written: Colour has no value mauve",
    });
    await expect(remote.measure(numbers)).rejects.toMatchObject({ code: 'invalidInput' });
  });

  test('a message over the cap fails alone, either way, and the connection continues', async () => {
    const frameLimits = { maximumFrameBytes: 4096, maximumSegments: 8 };
    const large = { ...lists, texts: ['x'.repeat(5000)] };
    const { remote } = connected(
      { echo: async (input) => (input.texts[0] === 'large' ? large : input) },
      { client: { frameLimits }, server: { frameLimits } },
    );
    await expect(remote.echo(large)).rejects.toMatchObject({ code: 'frameTooLarge' });
    await expect(remote.echo({ ...lists, texts: ['large'] })).rejects.toMatchObject({ code: 'frameTooLarge' });
    expect(await remote.echo(lists)).toEqual(lists);
  });

  test('too many simultaneous calls are refused, and later ones served', async () => {
    const gate = deferred<Lists>();
    const { remote } = connected({ echo: () => gate.promise }, { server: { maximumCallsUnderWay: 3 } });
    const calls = Array.from({ length: 5 }, () => remote.echo(lists));
    await expect(calls[4]).rejects.toMatchObject({ code: 'overloaded' });
    gate.resolve(lists);
    expect(await calls[0]).toEqual(lists);
    expect(await remote.echo(lists)).toEqual(lists);
  });
});

describe('every call ends', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] }));
  afterEach(() => jest.useRealTimers());
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };

  test.each<[string, { readonly deadlineMs?: number }, number]>([
    ["the connection's deadline", {}, 700],
    ["the call's own", { deadlineMs: 50 }, 50],
  ])('by %s, and the other side is notified', async (_name, call, deadlineMs) => {
    const gaveUp = jest.fn();
    const hang = new Promise<Lists>(() => undefined);
    const { remote } = connected(
      {
        echo: (_input, options) => {
          options?.signal?.addEventListener('abort', gaveUp);
          return hang;
        },
      },
      { client: { deadlineMs: 700 } },
    );
    const result = expect(remote.echo(lists, call)).rejects.toMatchObject({
      code: 'deadlineExceeded',
      message: `Speaker.echo didn't answer in ${deadlineMs / 1000} s`,
    });
    await settled();
    jest.advanceTimersByTime(deadlineMs - 1);
    await settled();
    expect(gaveUp).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    await result;
    await settled();
    expect(gaveUp).toHaveBeenCalledTimes(1);
  });

  test("by the method's own deadline from the schema", async () => {
    const { remote } = connected({
      subscribe: async ({ listener }) =>
        pointers((await listener.heard(framed).catch((error: unknown) => (error as Error).message)) as string),
    });
    const result = remote.subscribe({ listener: { heard: () => new Promise(() => undefined) }, times: 1 });
    await settled();
    jest.advanceTimersByTime(1000);
    expect((await result).text).toBe("Listener.heard didn't answer in 1 s");
  });

  test('answered calls leave no timer behind', async () => {
    const { remote } = connected({ echo: async (input) => input });
    await remote.echo(lists);
    expect(jest.getTimerCount()).toBe(0);
  });
});

test('by a signal, immediately when it has already fired; a late answer changes nothing', async () => {
  const gate = deferred<Lists>();
  const { remote } = connected({ echo: () => gate.promise, measure: async (input) => input });
  const controller = new AbortController();
  const call = remote.echo(lists, { signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  await expect(remote.echo(lists, { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
  gate.resolve(lists);
  expect(await remote.measure(numbers)).toEqual(numbers);
});

describe('the end of a connection', () => {
  test('running calls fail, the callee is notified, later calls fail immediately, no rejection stays unhandled', async () => {
    const started = deferred<AbortSignal>();
    const { remote, client, server } = connected({
      echo: (_input, call) => {
        started.resolve(call!.signal!);
        return new Promise(() => undefined);
      },
    });
    const watched = remote.echo(lists);
    void remote.echo(lists);
    const signal = await started.promise;
    server.close();
    await expect(watched).rejects.toMatchObject({ code: 'disconnected' });
    expect(signal.aborted).toBe(true);
    void remote.echo(lists);
    await expect(remote.echo(lists)).rejects.toMatchObject({ code: 'disconnected' });
    expect((await client.closed).code).toBe('disconnected');
    client.close();
  });

  test('drops an answer that comes after it', async () => {
    const gate = deferred<Lists>();
    const started = deferred<true>();
    const { remote, client, server } = connected({
      echo: () => {
        started.resolve(true);
        return gate.promise;
      },
    });
    void remote.echo(lists);
    await started.promise;
    client.close();
    gate.resolve(lists);
    await server.closed;
  });

  test('comes after a bad frame, and both sides know why', async () => {
    const { client, server, wires } = connected({});
    wires[0]!.write(new Uint8Array(8).fill(255));
    expect(await server.closed).toMatchObject({ code: 'frameTooLarge' });
    expect((await client.closed).message).toMatch(/segments, at most 512/);
  });
});
