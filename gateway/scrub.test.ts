import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { scrubStream, scrubText } from './scrub';

const secret = 'sk-aab-aac';
const masked = '*'.repeat(secret.length);

/** What comes out of the stream, one string per write. */
async function through(chunks: readonly string[], hidden: string | null = secret): Promise<string[]> {
  const out: string[] = [];
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk))).pipe(scrubStream(hidden));
  stream.on('data', (chunk: Buffer) => out.push(chunk.toString('latin1')));
  await finished(stream);
  return out;
}

test('masks the secret wherever the chunks are cut', async () => {
  const text = `a${secret}b${secret}${secret} sk-aa sk-aab-aa`;
  const expected = `a${masked}b${masked}${masked} sk-aa sk-aab-aa`;
  for (let cut = 0; cut <= text.length; cut++) {
    expect((await through([text.slice(0, cut), text.slice(cut)])).join('')).toBe(expected);
  }
  expect((await through([...Array.from(text)])).join('')).toBe(expected);
});

test("holds nothing back that can't be the secret", async () => {
  expect(await through(['data: one\n\n', 'data: s', 'k\n\n'])).toEqual(['data: one\n\n', 'data: ', 'sk\n\n']);
});

test('changes no byte outside the secret', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_value, index) => index)).toString('latin1');
  expect(await through([bytes], 'absent')).toEqual([Buffer.from(bytes).toString('latin1')]);
  expect(await through(['x'], null)).toEqual(['x']);
});

test('masks texts', () => {
  expect(scrubText(`${secret}, ${secret}`, secret)).toBe(`${masked}, ${masked}`);
  expect(scrubText('text', null)).toBe('text');
  expect(scrubText('text', '')).toBe('text');
});
