import { Readable } from 'node:stream';
import { createKeyFinder } from './find-key';
import { maskChunks, maskKey } from './mask-key';

const secret = 'sk-aab-1234567890abcdef';
const masked = 'x'.repeat(secret.length);

/** What comes out of the stream, chunk by chunk. */
async function through(chunks: readonly string[]): Promise<string[]> {
  const out: string[] = [];
  const bytes = Readable.from(chunks.map((chunk) => Buffer.from(chunk, 'latin1')));
  for await (const chunk of maskChunks(bytes, createKeyFinder(secret)!)) out.push(chunk.toString('latin1'));
  return out;
}

test('masks the secret wherever the chunks are cut', async () => {
  const text = `a${secret}b${secret}${secret} sk-aa sk-aab-12`;
  const expected = `a${masked}b${masked}${masked} sk-aa sk-aab-12`;
  for (let cut = 0; cut <= text.length; cut++) {
    expect((await through([text.slice(0, cut), text.slice(cut)])).join('')).toBe(expected);
  }
  expect((await through([...Array.from(text)])).join('')).toBe(expected);
});

test("doesn't delay text that can't be the secret", async () => {
  expect(await through(['data: one\n\n', 'data: s', 'k\n\n'])).toEqual(['data: one\n\n', 'data: ', 'sk\n\n']);
});

test('changes no byte that is not the secret', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_value, index) => index)).toString('latin1');
  expect((await through([bytes])).join('')).toBe(bytes);
});

test('masks texts, without characters that a shell or a parser interprets', () => {
  expect(maskKey(`${secret}, "${secret}" ü`, secret)).toBe(`${masked}, "${masked}" ü`);
  expect(maskKey('text', null)).toBe('text');
  expect(maskKey('text', '')).toBe('text');
  expect(maskKey('no ollama here: ollama', 'ollama')).toBe('no ollama here: ollama');
});
