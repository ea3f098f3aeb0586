/** A small contract, with both sides connected in memory. */
import { z } from 'zod';
import { RpcError } from '../errors';
import { method, type Contract, type Handlers } from '../rpc';
import { connect, type ConnectOptions } from '../rpc-client';
import { serve, type ServeOptions } from '../rpc-server';
import { memoryPair } from '../transports/memory';

/** Adds, waits, fails and counts. */
export const contract = {
  methods: {
    add: method(z.strictObject({ a: z.number(), b: z.number().default(1) }), z.object({ sum: z.number() })),
    wait: method(z.strictObject({}), z.object({})),
    fail: method(z.strictObject({ how: z.enum(['rpc', 'plain', 'shape']) }), z.object({ fine: z.boolean() })),
  },
  events: {
    counted: z.object({ count: z.number() }),
  },
} satisfies Contract;

/** What each method does. */
export const handlers: Handlers<typeof contract> = {
  add: ({ a, b }) => Promise.resolve({ sum: a + b }),
  wait: (_params, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
  fail: ({ how }) => {
    if (how === 'rpc') return Promise.reject(new RpcError('NOT_FOUND', 'There is none.', { details: 7 }));
    if (how === 'plain') return Promise.reject(new Error('a fault'));
    return Promise.resolve({ fine: 'yes' as unknown as boolean });
  },
};

/** Client and server, connected in memory. */
export function joined(options: { client?: ConnectOptions; server?: ServeOptions } = {}) {
  const [near, far] = memoryPair();
  const served = serve(contract, handlers, far, options.server);
  return { ...connect(contract, near, options.client), served, near, far };
}

/** A client, with the test as the other side. */
export function bareClient(options?: ConnectOptions) {
  const [near, far] = memoryPair();
  const sent: unknown[] = [];
  far.onMessage((message) => sent.push(message));
  return { ...connect(contract, near, options), far, sent };
}

/** A server, with the test as the other side. */
export function bareServer(options?: ServeOptions) {
  const [near, far] = memoryPair();
  const received: unknown[] = [];
  near.onMessage((message) => received.push(message));
  const closed = new Promise<string>((resolve) => void near.onClose(resolve));
  const next = (): Promise<unknown> =>
    new Promise((resolve) => {
      const listening = near.onMessage((message) => {
        listening.dispose();
        resolve(message);
      });
    });
  return { served: serve(contract, handlers, far, options), near, received, next, closed };
}

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
export const code = (name: string): unknown => expect.objectContaining({ code: name });
