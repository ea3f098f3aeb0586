import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Lists, Numbers, Pointers, Shape } from '../generated/every-kind';
import { answer, motto, rows } from '../generated/every-kind';
import { listsCodec, numbersCodec, pointersCodec, shapeCodec } from '../generated/every-kind-codec';
import type { StructCodec } from './codec';
import { decodeMessage, encodeMessage } from './whole-message';

const there = <T>(codec: StructCodec<T>, value: T): T => decodeMessage(codec, encodeMessage(codec, value));

const numbers: Numbers = {
  aBool: true,
  aBoolTrue: false,
  int8: -128,
  int8Less: 127,
  int16: -32768,
  int16Less: 7,
  int32: -2147483648,
  int32Less: 12,
  int64: -9223372036854775808n,
  int64Less: 9n,
  uint8: 255,
  uint8More: 1,
  uint16: 65535,
  uint16More: 0,
  uint32: 4294967295,
  uint32More: 5,
  uint64: 18446744073709551615n,
  uint64More: 0n,
  float32: 0.5,
  float32More: -2.25,
  float64: Math.PI,
  float64More: Infinity,
  colour: 'green',
  colourBlue: 'red',
};

const pointers: Pointers = {
  text: 'grüße 🙂\u2028',
  textMore: '',
  data: new Uint8Array([0, 255, 7]),
  dataMore: new Uint8Array(0),
  maybeText: '',
  maybeData: new Uint8Array([1]),
  maybeList: [],
  maybeSelf: {
    text: 'inner',
    textMore: 'x',
    data: new Uint8Array(0),
    dataMore: new Uint8Array(0),
    maybeNumber: 0,
    number: 4,
    maybeEmpty: {},
  },
  maybeNumber: -1.5,
  number: 2,
  maybeBoxedText: 'boxed',
};

const shapes: readonly Shape[] = [
  { name: 'nothing', which: 'nothing' },
  { name: 'circle', which: 'radius', radius: 2 },
  {
    name: 'line',
    which: 'corners',
    corners: [
      { x: 0, y: 1 },
      { x: 2, y: 3 },
    ],
  },
  { name: 'word', which: 'label', label: { text: 'hello', size: 12 } },
  { name: 'outer', which: 'nested', nested: { name: 'inner', which: 'nothing' } },
  { name: 'red', which: 'filled', filled: { which: 'with', with: 'red' } },
  { name: 'sky', which: 'filled', filled: { which: 'byImage', byImage: 'sky.png' } },
];

const lists: Lists = {
  bools: [true, false, true, true, false, false, false, false, true],
  int8s: [-1, 2],
  int16s: [-300, 3],
  int32s: [-70000],
  int64s: [-5n, 6n],
  uint8s: [255],
  uint16s: [65535],
  uint32s: [4294967295],
  uint64s: [18446744073709551615n],
  float32s: [0.5],
  float64s: [0.1, -7],
  texts: ['', 'a', 'ü'],
  datas: [new Uint8Array([9]), new Uint8Array(0)],
  colours: ['blue', 'red'],
  shapes,
  matrix: [[1, 2], [], [3]],
  empties: [{}, {}],
};

describe('plain objects of every kind of the schema', () => {
  test('scalars, with and without defaults', () => expect(there(numbersCodec, numbers)).toEqual(numbers));
  test('texts, bytes, absent and boxed values', () => expect(there(pointersCodec, pointers)).toEqual(pointers));
  test('lists', () => expect(there(listsCodec, lists)).toEqual(lists));
  test.each(shapes)('the union of $name', (shape) => expect(there(shapeCodec, shape)).toEqual(shape));

  test("an empty message has the schema's defaults", () => {
    const read = (codec: StructCodec<unknown>): unknown =>
      decodeMessage(codec, encodeMessage({ ...codec, write: () => undefined }, {}));
    expect(read(pointersCodec)).toEqual({
      text: '',
      textMore: 'as said before',
      data: new Uint8Array(0),
      dataMore: new Uint8Array([1, 2, 255]),
      number: 0,
    });
    expect(read(numbersCodec)).toMatchObject({
      aBoolTrue: true,
      int8Less: -5,
      int16Less: -500,
      int32Less: -500000,
      int64Less: -5000000000n,
      uint8More: 200,
      uint16More: 60000,
      uint32More: 4000000000,
      uint64More: 10000000000000000000n,
      float32More: 1.5,
      float64More: -0.1,
      colourBlue: 'blue',
    });
  });

  test('a shorter struct from an older sender has defaults beyond its end', () => {
    const old = { ...numbersCodec, dataBytes: 8, write: () => undefined };
    expect(decodeMessage(numbersCodec, encodeMessage(old, numbers))).toEqual(
      decodeMessage(numbersCodec, encodeMessage({ ...numbersCodec, write: () => undefined }, numbers)),
    );
  });

  test("refuses to write what doesn't fit its type", () => {
    expect(() => encodeMessage(numbersCodec, { ...numbers, uint8: 256 })).toThrow(
      "256 isn't a whole number from 0 to 255",
    );
    expect(() => encodeMessage(numbersCodec, { ...numbers, colour: 'mauve' as 'red' })).toThrow(
      'Colour has no value mauve',
    );
    expect(() => encodeMessage(shapeCodec, { name: 'x', which: 'round' } as unknown as Shape)).toThrow(
      'Shape has no variant round',
    );
  });

  test('constants', () => {
    expect([answer, motto]).toEqual([42, 'say what you mean']);
    expect(rows).toEqual([
      { key: 'one', colour: 'green', count: 1, words: ['a', 'b'] },
      { key: 'two', colour: 'blue', count: 2, words: [] },
    ]);
  });
});

const hasCapnp = spawnSync('capnp', ['--version']).status === 0;
if (!hasCapnp) console.log('skipped against the reference implementation: capnp is not installed');

(hasCapnp ? describe : describe.skip)('against the reference implementation', () => {
  const schema = join(__dirname, 'corpus', 'every_kind.capnp');
  const capnp = (words: readonly string[], input: Uint8Array | string): Buffer =>
    execFileSync('capnp', words, { input });

  test.each<[string, StructCodec<unknown>, unknown]>([
    ['Numbers', numbersCodec, numbers],
    ['Pointers', pointersCodec, pointers],
    ['Lists', listsCodec, lists],
  ])('%s: each reads what the other writes', (name, codec, value) => {
    const text = capnp(['decode', schema, name], encodeMessage(codec, value)).toString();
    const bytes = capnp(['encode', schema, name], text);
    expect(decodeMessage(codec, bytes)).toEqual(value);
    expect(decodeMessage(codec, capnp(['encode', '--segment-size=1', schema, name], text))).toEqual(value);
  });
});

describe('a single message', () => {
  const bytes = encodeMessage(numbersCodec, numbers);

  test('the same value gives the same bytes', () => expect(encodeMessage(numbersCodec, { ...numbers })).toEqual(bytes));

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['a cut one', bytes.subarray(0, -1)],
    ['two', new Uint8Array([...bytes, ...bytes])],
    ['one with something behind it', new Uint8Array([...bytes, 1])],
  ])('refuses %s', (_name, input) => {
    expect(() => decodeMessage(numbersCodec, input)).toThrow("these bytes aren't exactly one Numbers");
  });
});
