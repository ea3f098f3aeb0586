import { encodeFrame, encodeLine, LineDecoder, maxFrameBytes } from './jsonl';

const code = (name: string): Error => expect.objectContaining({ code: name }) as Error;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** All lines that come out when `input` arrives in chunks of `size` bytes. */
function decode(input: Uint8Array, size = input.length): string[] {
  const decoder = new LineDecoder();
  const lines: string[] = [];
  for (let from = 0; from < input.length; from += size) lines.push(...decoder.push(input.subarray(from, from + size)));
  return lines;
}

test.each([
  ['nothing', '', []],
  ['one line', '{"a":1}\n', ['{"a":1}']],
  ['several lines at once', 'one\ntwo\nthree\n', ['one', 'two', 'three']],
  ['an empty line', '\n\na\n', ['', '', 'a']],
  ['a CR is content', 'one\r\ntwo\r\n', ['one\r', 'two\r']],
  ['U+2028, U+2029 and U+0085 are content', '"a\u2028b\u2029c\u0085d"\n', ['"a\u2028b\u2029c\u0085d"']],
  ['a byte order mark is content', '\ufeff{}\n', ['\ufeff{}']],
  ['runes of two, three and four bytes', 'é€🙂\n', ['é€🙂']],
  ['a torn last line stays back', 'whole\n{"torn":', ['whole']],
])('%s', (_name, text, lines) => {
  expect(decode(bytes(text))).toEqual(lines);
});

test('any cut of the bytes gives the same lines', () => {
  const input = bytes('{"text":"é€🙂\u2028"}\n\r\n{"next":"🙂🙂"}\nrest');
  const whole = decode(input);
  for (let size = 1; size < input.length; size++) expect(decode(input, size)).toEqual(whole);
});

test('reusing the buffer before the line is complete changes nothing', () => {
  const decoder = new LineDecoder();
  const buffer = bytes('{"type":"sta');
  expect(decoder.push(buffer)).toEqual([]);
  buffer.set(bytes('rted"}\n'));
  expect(decoder.push(buffer.subarray(0, 7))).toEqual(['{"type":"started"}']);
});

test('reports the length of an incomplete line', () => {
  const decoder = new LineDecoder();
  decoder.push(bytes('whole\ntorn é'));
  expect(decoder.pendingBytes).toBe(7);
  decoder.push(bytes('\n'));
  expect(decoder.pendingBytes).toBe(0);
});

test.each([
  ['complete', 'x'.repeat(11) + '\n'],
  ['not complete', 'x'.repeat(11)],
  ['after good ones', 'a\nb\n' + 'x'.repeat(11)],
])('refuses a line over the cap: %s', (_name, text) => {
  const decoder = new LineDecoder(() => 10);
  expect(() => decoder.push(bytes(text))).toThrow('A line is longer than 10 bytes.');
});

test("the cap counts a line's bytes over all chunks, without its LF", () => {
  const decoder = new LineDecoder(() => 10);
  expect(decoder.push(bytes('x'.repeat(10) + '\n' + 'é'.repeat(5)))).toEqual(['x'.repeat(10)]);
  expect(() => decoder.push(bytes('x'))).toThrow('longer than 10 bytes');
});

test('accepts a line of exactly 8 MiB, and refuses one byte more', () => {
  const line = new Uint8Array(maxFrameBytes + 1).fill(0x61);
  expect(new LineDecoder().push(line.subarray(1))).toEqual([]);
  expect(() => new LineDecoder().push(line)).toThrow(code('FRAME_TOO_LARGE'));
});

test.each([
  ['a lone continuation byte', [0x80]],
  ['a rune cut off by the line end', [0xe2, 0x82]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['a surrogate half', [0xed, 0xa0, 0x80]],
])("refuses bytes that aren't UTF-8: %s", (_name, wrong) => {
  expect(() => new LineDecoder().push(new Uint8Array([...wrong, 0x0a]))).toThrow(code('INVALID_REQUEST'));
});

test('a message is one line whatever its strings contain', () => {
  const message = { text: 'a\nb\r\u2028\u2029\0🙂' };
  const line = encodeLine(message);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(decode(bytes(line)).map((text) => JSON.parse(text) as unknown)).toEqual([message]);
});

test("doesn't send what the other side would refuse", () => {
  const room = maxFrameBytes - 2;
  expect(encodeFrame('a'.repeat(room))).toHaveLength(maxFrameBytes);
  expect(() => encodeFrame('a'.repeat(room + 1))).toThrow(code('FRAME_TOO_LARGE'));
  expect(() => encodeFrame('€'.repeat(room / 3 + 1))).toThrow(code('FRAME_TOO_LARGE'));
});
