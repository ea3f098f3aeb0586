import { bytesFromName, isRawName, nameFromBytes } from './name-bytes';

const seeded = (seed: number) => (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};

test('bytes that are not UTF-8 are lone surrogates, and all others stay as they are', () => {
  expect(nameFromBytes(Buffer.from('caf\xe9.txt', 'latin1'))).toBe('caf\udce9.txt');
  expect(nameFromBytes(Buffer.from('café 👩‍👧 \ufeff'))).toBe('café 👩‍👧 \ufeff');
  expect([isRawName('caf\udce9'), isRawName('café 👩‍👧')]).toEqual([true, false]);
});

test('any bytes come back, and no two names have the same text', () => {
  const next = seeded(1);
  const pieces = ['a', 'é', '€', '👩', '\xe9', '\xff', '\xc3', '\xf0\x9f', '\xed\xa0\xbd', '\xed\xb2\x80', '\xc0\xaf'];
  const byText = new Map<string, string>();
  for (let index = 0; index < 4_000; index += 1) {
    const bytes = Buffer.concat(
      Array.from({ length: 1 + next(6) }, () => {
        const piece = pieces[next(pieces.length)] ?? '';
        if (next(3) === 0) return Buffer.from([1 + next(255)]);
        return Buffer.from(piece, /^[\x80-\xff]/.test(piece) && piece !== 'é' ? 'latin1' : 'utf8');
      }),
    );
    const text = nameFromBytes(bytes);
    expect(bytesFromName(text)?.toString('hex')).toBe(bytes.toString('hex'));
    // As in the journal's log, and in messages.
    expect(JSON.parse(Buffer.from(JSON.stringify(text)).toString())).toBe(text);
    expect(text.normalize('NFC').includes('\ufffd')).toBe(bytes.includes(Buffer.from('\ufffd')));
    const hex = bytes.toString('hex');
    expect(byText.get(text) ?? hex).toBe(hex);
    byText.set(text, hex);
  }
});

test.each([
  ['half of a pair', 'a\ud800'],
  ['a slash in disguise', 'a\udc2fb'],
  ['an escaped letter', 'a\udc61'],
  ['escapes that together are valid UTF-8', 'caf\udcc3\udca9'],
  ['an escaped byte order', '\udbff'],
])('%s is the text of no name', (_what, text) => {
  expect(bytesFromName(text)).toBeNull();
});
