import { ContractError } from './contract-error';
import { FrameDecoder } from './stream-framing';

/** A frame of segments with the given numbers of words; each word contains its number. */
function frame(...words: readonly number[]): Uint8Array {
  const table = new Uint32Array(2 * Math.ceil((1 + words.length) / 2));
  table[0] = words.length - 1;
  words.forEach((count, index) => (table[1 + index] = count));
  const content = BigUint64Array.from({ length: words.reduce((sum, count) => sum + count, 0) }, (_, index) =>
    BigInt(index),
  );
  return new Uint8Array([...new Uint8Array(table.buffer), ...new Uint8Array(content.buffer)]);
}

const sizes = (frames: ReturnType<FrameDecoder['push']>): number[][] =>
  frames.map((segments) => segments.map(({ byteLength }) => byteLength / 8));

test('several frames in one piece, and one frame of several segments', () => {
  const decoder = new FrameDecoder();
  expect(sizes(decoder.push(new Uint8Array([...frame(1), ...frame(2, 0, 3)])))).toEqual([[1], [2, 0, 3]]);
  expect(decoder.isBetweenFrames).toBe(true);
});

test('frames cut at every place, and in pieces of one byte', () => {
  const bytes = new Uint8Array([...frame(1, 2), ...frame(3), ...frame(2, 2, 2)]);
  for (let at = 0; at <= bytes.length; at += 1) {
    const decoder = new FrameDecoder();
    const frames = [...decoder.push(bytes.subarray(0, at)), ...decoder.push(bytes.subarray(at))];
    expect(sizes(frames)).toEqual([[1, 2], [3], [2, 2, 2]]);
  }
  const decoder = new FrameDecoder();
  const frames = [...bytes].flatMap((byte) => [...decoder.push(Uint8Array.of(byte))]);
  expect(sizes(frames)).toEqual([[1, 2], [3], [2, 2, 2]]);
  expect(
    frames.map((segments) => segments.map((segment) => segment.getBigUint64(segment.byteLength - 8, true))),
  ).toEqual([[0n, 2n], [2n], [1n, 3n, 5n]]);
});

test('returned frames stay the same when more bytes come', () => {
  const decoder = new FrameDecoder();
  const bytes = frame(4);
  const [first] = [...decoder.push(bytes.subarray(0, 20)), ...decoder.push(bytes.subarray(20))];
  const before = new Uint8Array(first![0]!.buffer.slice(first![0]!.byteOffset, first![0]!.byteOffset + 32));
  for (const byte of [...frame(9), ...frame(9)]) decoder.push(Uint8Array.of(byte));
  const after = new Uint8Array(first![0]!.buffer.slice(first![0]!.byteOffset, first![0]!.byteOffset + 32));
  expect(after).toEqual(before);
});

test.each<[string, readonly number[]]>([
  ['a number of segments that has no end', [0xffffffff]],
  ['one segment too many', [4, 0, 0, 0, 0, 0]],
  ['a segment longer than the cap', [0, 0xffffffff]],
  ['segments that are too long together', [3, 200, 200, 200, 200]],
])('refuses %s by its table alone', (_name, table) => {
  const decoder = new FrameDecoder({ maximumFrameBytes: 4096, maximumSegments: 4 });
  const words = new Uint32Array(2 * Math.ceil(table.length / 2));
  words.set(table);
  const push = (): unknown => decoder.push(new Uint8Array(words.buffer));
  expect(push).toThrow(ContractError);
  expect(push).toThrow(/at most (4|4096)$/);
});

test('copies eight mebibytes in pieces of one byte only a few times', () => {
  const decoder = new FrameDecoder();
  const words = 1024 * 1024 - 1;
  const table = new Uint8Array(new Uint32Array([0, words]).buffer);
  decoder.push(table);
  const started = performance.now();
  const piece = new Uint8Array(1);
  let frames = 0;
  for (let index = 0; index < words * 8; index += 1) frames += decoder.push(piece).length;
  expect(frames).toBe(1);
  expect(performance.now() - started).toBeLessThan(20_000);
});
