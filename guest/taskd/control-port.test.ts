import type { HostControl } from '../../schema/control-port';
import { readAll } from './control-port';

const start = {
  type: 'start',
  key: 'ab'.repeat(32),
  nowMs: 1,
  timeZone: 'UTC',
  entropy: 'AA==',
  gatewayPort: 4711,
} as const;

/** A port that returns these chunks and then ends; `''` means that no host is connected. */
async function read(chunks: readonly string[]): Promise<{ messages: HostControl[]; pauses: number }> {
  const rest = chunks.map((chunk) => Buffer.from(chunk));
  const messages: HostControl[] = [];
  let pauses = 0;
  const port = {
    read: async (buffer: Uint8Array) => {
      const chunk = rest.shift() ?? Buffer.alloc(0);
      buffer.set(chunk);
      return { bytesRead: chunk.length };
    },
  };
  const pause = async (): Promise<void> => {
    pauses++;
  };
  await readAll(port, (message) => messages.push(message), pause);
  return { messages, pauses };
}

const line = JSON.stringify(start);

test('joins a message that comes in parts, even though each part is read into the same buffer', async () => {
  const parts = [line.slice(0, 20), line.slice(20, 90), `${line.slice(90)}\n{"type":"shut`, 'down"}\n'];
  expect(await read(parts)).toEqual({ messages: [start, { type: 'shutdown' }], pauses: 0 });
});

test("waits for a host that isn't there yet, and ends when one that has sent something is gone", async () => {
  expect(await read(['', '', `${line}\n`])).toEqual({ messages: [start], pauses: 2 });
});

test.each([
  ['no JSON', 'hello\n'],
  ['an unknown message', '{"type":"run","command":"id"}\n'],
  ['a key that is none', `${JSON.stringify({ ...start, key: 'short' })}\n`],
])('ends at a line that is %s', async (_name, text) => {
  await expect(read([text])).rejects.toThrow();
});

test('stops waiting for a host that never comes', async () => {
  let pauses = 0;
  const silent = { read: () => Promise.resolve({ bytesRead: 0 }) };
  await readAll(
    silent,
    () => undefined,
    () => Promise.resolve(++pauses),
  );
  expect(pauses).toBe(400);
});
