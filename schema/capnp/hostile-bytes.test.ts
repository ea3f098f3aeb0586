import { rounds } from '../../node/test/rounds';
import type { PiEventResponse, PiExtensionBridge, PiHost } from '../generated/pi-api';
import { bridgeInitCodec, piEventCodec, piExtensionBridgeInterface } from '../generated/pi-api-codec';
import { listsCodec, shapeCodec } from '../generated/every-kind-codec';
import { type ByteWire, memoryWirePair } from './byte-wire';
import { Connection } from './connection';
import { ContractError } from './contract-error';
import { defaultReadLimits, MessageView } from './message-view';
import { readRpcMessage } from './rpc-reader';
import { FrameDecoder } from './stream-framing';
import { servingOnly, withDefaults } from './with-defaults';

/** Repeatable random numbers (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const event = withDefaults(piEventCodec, {
  which: 'toolResult',
  toolResult: {
    toolCallId: 't',
    toolName: 'bash',
    inputJson: '{"command":"ls"}',
    content: [
      { which: 'text', text: 'one' },
      { which: 'image', image: { mimeType: 'image/png', data: new Uint8Array(40) } },
    ],
    isError: false,
  },
});

const bridge = servingOnly<PiExtensionBridge>({
  handleEvent: async (input): Promise<PiEventResponse> =>
    input.which === 'toolResult'
      ? { which: 'patchToolResult', patchToolResult: { content: input.toolResult.content, isError: true } }
      : { which: 'none' },
  attach: async ({ host, init }) => {
    await host.setSessionName({ name: init.cwd }, { deadlineMs: 5 });
    return {};
  },
});

/** What a harness sends in a conversation of three calls, as bytes on the wire. */
async function recorded(): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  const [left, right] = memoryWirePair();
  const tap: ByteWire = {
    ...left,
    write: (bytes) => {
      frames.push(bytes);
      left.write(bytes);
    },
  };
  new Connection(right, { descriptor: piExtensionBridgeInterface, implementation: bridge });
  const client = new Connection(tap, null);
  const remote = client.bootstrap(piExtensionBridgeInterface);
  await remote.attach({
    host: servingOnly<PiHost>({ setSessionName: async () => ({}) }),
    init: withDefaults(bridgeInitCodec, { cwd: '/' }),
  });
  await remote.handleEvent(event);
  await remote.handleEvent(event);
  client.close();
  return frames;
}

const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
let frames: Uint8Array[];
let residentBefore: number;
beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled);
  frames = await recorded();
  residentBefore = process.memoryUsage().rss;
});
afterAll(async () => {
  await new Promise(setImmediate);
  process.off('unhandledRejection', onUnhandled);
  expect(unhandled).toEqual([]);
  expect(process.memoryUsage().rss - residentBefore).toBeLessThan(512 * 1024 * 1024);
});

/** Reads as far as possible; anything thrown that isn't a contract error is our bug. */
function survives(run: () => unknown): 'read' | 'refused' {
  try {
    run();
    return 'read';
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ContractError);
    return 'refused';
  }
}

test('frames with flipped bytes and cuts are read or refused', () => {
  const random = chance(1);
  const count = rounds(20_000);
  const counts = { read: 0, refused: 0 };
  for (let round = 0; round < count; round += 1) {
    const bytes = Uint8Array.from(frames[random(frames.length)]!);
    for (let flips = 1 + random(4); flips > 0; flips -= 1) bytes[8 + random(bytes.length - 8)] = random(256);
    const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
    const outcome = survives(() => {
      for (const frame of new FrameDecoder().push(cut)) {
        const message = readRpcMessage(frame, defaultReadLimits);
        if (message.kind === 'call' && message.payload.content !== null) piEventCodec.read(message.payload.content);
      }
    });
    counts[outcome] += 1;
  }
  expect(counts.read).toBeGreaterThan(count / 20);
  expect(counts.refused).toBeGreaterThan(count / 20);
});

test('a served connection survives 1,500 hostile conversations: it answers or closes', async () => {
  const random = chance(2);
  let closedWithError = 0;
  for (let round = 0; round < 1500; round += 1) {
    const [left, right] = memoryWirePair();
    const server = new Connection(right, { descriptor: piExtensionBridgeInterface, implementation: bridge });
    left.onData(() => undefined);
    for (const original of frames) {
      const bytes = Uint8Array.from(original);
      if (random(2) === 0) bytes[random(bytes.length)] = random(256);
      left.write(random(30) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes);
    }
    await new Promise(setImmediate);
    left.close('the end');
    if ((await server.closed).message !== 'the end') closedWithError += 1;
  }
  expect(closedWithError).toBeGreaterThan(100);
}, 60_000);

/** One segment, from the 32-bit halves of its words. */
const segment = (...halves: readonly number[]): DataView =>
  new DataView(Uint32Array.from(halves, (half) => half >>> 0).buffer);
const structPointer = (offset: number, dataWords: number, pointers: number): [number, number] => [
  offset << 2,
  dataWords | (pointers << 16),
];
const listPointer = (offset: number, size: number, count: number): [number, number] => [
  (offset << 2) | 1,
  size | (count << 3),
];
const far = (pad: number, id: number, isDouble = false): [number, number] => [(pad << 3) | (isDouble ? 4 : 0) | 2, id];

/** A `Shape` that contains itself through its pointer to a nested one. */
const nestedInItself = segment(...structPointer(0, 2, 3), 4, 0, 0, 0, 0, 0, ...structPointer(-4, 2, 3), 0, 0);

test.each<[string, readonly DataView[], RegExp]>([
  ['no segment', [], /no struct at its root/],
  ['an empty segment', [segment()], /outside its segment/],
  ['a root that is a list', [segment(...listPointer(0, 2, 1), 0, 0)], /no struct at its root/],
  ['a struct beyond the end', [segment(...structPointer(1, 1, 0))], /a struct reaches outside/],
  ['a struct before the start', [segment(...structPointer(-5, 1, 0))], /a struct reaches outside/],
  ['a far pointer to no segment', [segment(...far(0, 7))], /there is no segment 7/],
  ['a far pointer out of its segment', [segment(...far(9, 0))], /leads outside/],
  ['a far pointer to itself', [segment(...far(0, 0))], /leads to another one/],
  ['a double-far pointer to itself', [segment(...far(0, 0, true), 0, 0)], /has no landing pad/],
  ['a double-far pointer to no segment', [segment(...far(1, 0, true), ...far(0, 9), 0, 1)], /there is no segment 9/],
  ['a double-far pointer with a capability', [segment(...far(1, 0, true), ...far(0, 0), 3, 0)], /a wrong tag/],
  ['a struct inside of itself', [nestedInItself], /used more than once/],
])('refuses %s', (_name, segments, why) => {
  expect(() => shapeCodec.read(new MessageView(segments).root())).toThrow(why);
});

test('refuses nesting deeper than the limit', () => {
  const depth = 100;
  const halves: number[] = [...structPointer(0, 2, 3)];
  for (let level = 0; level < depth; level += 1) {
    // The arm `nested`, the name, the arm's pointer to the next one, and one more.
    halves.push(4, 0, 0, 0, 0, 0, ...(level === depth - 1 ? [0, 0] : structPointer(1, 2, 3)), 0, 0);
  }
  expect(() => shapeCodec.read(new MessageView([segment(...halves)]).root())).toThrow(/nested deeper than 64/);
});

describe('a small message that claims to be large', () => {
  const started = (): (() => number) => {
    const at = performance.now();
    return () => performance.now() - at;
  };

  test('half a billion list elements of size zero', () => {
    const elapsed = started();
    for (const [size, message] of [
      [0, /elements of another kind|more than 262144 objects/],
      [7, /more than 262144 objects|longer than its content/],
    ] as const) {
      const lists = new Array<number>(17 * 2).fill(0);
      lists[14 * 2] = (2 << 2) | 1;
      lists[14 * 2 + 1] = size === 7 ? 7 : (0x1fffffff << 3) | size;
      const words = segment(...structPointer(0, 0, 17), ...lists, ...structPointer(0x1fffffff, 0, 0));
      expect(() => listsCodec.read(new MessageView([words]).root())).toThrow(message);
    }
    expect(elapsed()).toBeLessThan(1000);
  });

  test('a million pointers to one long text', () => {
    const elapsed = started();
    const count = 50_000;
    const pointers = new Uint32Array(2 * (1 + 17 + count + 1024));
    pointers.set(structPointer(0, 0, 17));
    pointers.set(listPointer(5, 6, count), 2 * (1 + 11));
    for (let index = 0; index < count; index += 1) {
      pointers.set(listPointer(count - index - 1, 2, 8 * 1024), 2 * (18 + index));
    }
    const view = new DataView(pointers.buffer);
    view.setUint8(8 * (18 + count) + 8 * 1024 - 1, 0);
    expect(() => listsCodec.read(new MessageView([view]).root())).toThrow(
      'parts of the message are used more than once',
    );
    expect(elapsed()).toBeLessThan(1000);
  });

  test('a list of structs that claims more than it contains', () => {
    const lists = new Array<number>(17 * 2).fill(0);
    lists.splice(14 * 2, 2, ...listPointer(2, 7, 1));
    const words = segment(...structPointer(0, 0, 17), ...lists, ...structPointer(1000, 1, 0), 0, 0);
    expect(() => listsCodec.read(new MessageView([words]).root())).toThrow('longer than its content');
  });
});
