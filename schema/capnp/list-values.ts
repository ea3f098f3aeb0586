/** Lists of each kind of element, read and written as arrays. */
import { Data, List, ListElementSize, type Pointer, Struct, Text } from 'capnp-ts';
import { getContent } from 'capnp-ts/src/serialization/pointers/pointer';
import type { StructCodec } from './codec';
import { ContractError } from './contract-error';
import type { ListView, StructView } from './message-view';
import { dataOf, enumerant, followList, followListAt, textOf } from './read-values';
import { fillData, ordinalOf, writeStructs } from './write-values';

/** The kind of a list's elements. */
export interface Element<T> {
  readonly elementSize: ListElementSize;
  readonly read: (list: ListView, index: number) => T;
  readonly write: (pointer: Pointer, values: readonly T[]) => void;
}

const arrayOf = <T>(list: ListView | null, element: Element<T>): readonly T[] => {
  if (list === null) return [];
  if (list.elementSize !== element.elementSize.valueOf()) {
    throw new ContractError('invalidMessage', "the list's elements have the wrong kind");
  }
  return Array.from({ length: list.length }, (_, index) => element.read(list, index));
};

export const readList = <T>(view: StructView, index: number, element: Element<T>): readonly T[] =>
  arrayOf(followList(view, index), element);

export const writeList = <T>(builder: Struct, index: number, element: Element<T>, values: readonly T[]): void =>
  element.write(Struct.getPointer(index, builder), values);

/** Elements of a fixed number of bytes, written by a setter of their segment. */
function scalars<T>(
  elementSize: ListElementSize,
  bytes: number,
  read: (segment: DataView, offset: number) => T,
  write: (content: Pointer, offset: number, value: T) => void,
): Element<T> {
  return {
    elementSize,
    read: (list, index) => read(list.segment, list.offset + index * bytes),
    write: (pointer, values) => {
      const list = new List<T>(pointer.segment, pointer.byteOffset);
      List.initList(elementSize, values.length, list);
      const content = getContent(list);
      values.forEach((value, index) => write(content, content.byteOffset + index * bytes, value));
    },
  };
}

const { BYTE, BYTE_2, BYTE_4, BYTE_8, BIT, POINTER, COMPOSITE } = ListElementSize;

export const int8s = scalars<number>(
  BYTE,
  1,
  (segment, at) => segment.getInt8(at),
  (to, at, value) => to.segment.setInt8(at, value),
);
export const int16s = scalars<number>(
  BYTE_2,
  2,
  (segment, at) => segment.getInt16(at, true),
  (to, at, value) => to.segment.setInt16(at, value),
);
export const int32s = scalars<number>(
  BYTE_4,
  4,
  (segment, at) => segment.getInt32(at, true),
  (to, at, value) => to.segment.setInt32(at, value),
);
export const int64s = scalars<bigint>(
  BYTE_8,
  8,
  (segment, at) => segment.getBigInt64(at, true),
  (to, at, value) => to.segment.setInt64(at, value),
);
export const uint8s = scalars<number>(
  BYTE,
  1,
  (segment, at) => segment.getUint8(at),
  (to, at, value) => to.segment.setUint8(at, value),
);
export const uint16s = scalars<number>(
  BYTE_2,
  2,
  (segment, at) => segment.getUint16(at, true),
  (to, at, value) => to.segment.setUint16(at, value),
);
export const uint32s = scalars<number>(
  BYTE_4,
  4,
  (segment, at) => segment.getUint32(at, true),
  (to, at, value) => to.segment.setUint32(at, value),
);
export const uint64s = scalars<bigint>(
  BYTE_8,
  8,
  (segment, at) => segment.getBigUint64(at, true),
  (to, at, value) => to.segment.setUint64(at, value),
);
export const float32s = scalars<number>(
  BYTE_4,
  4,
  (segment, at) => segment.getFloat32(at, true),
  (to, at, value) => to.segment.setFloat32(at, value),
);
export const float64s = scalars<number>(
  BYTE_8,
  8,
  (segment, at) => segment.getFloat64(at, true),
  (to, at, value) => to.segment.setFloat64(at, value),
);

export const bools: Element<boolean> = {
  elementSize: BIT,
  read: (list, index) => ((list.segment.getUint8(list.offset + (index >>> 3)) >>> (index & 7)) & 1) === 1,
  write: (pointer, values) => {
    const list = new List<boolean>(pointer.segment, pointer.byteOffset);
    List.initList(BIT, values.length, list);
    const content = getContent(list);
    values.forEach((value, index) => {
      const at = content.byteOffset + (index >>> 3);
      if (value) content.segment.setUint8(at, content.segment.getUint8(at) | (1 << (index & 7)));
    });
  },
};

export const enums = <T extends string>(names: readonly T[], enumName: string): Element<T> => ({
  elementSize: BYTE_2,
  read: (list, index) => enumerant(names, uint16s.read(list, index), enumName),
  write: (pointer, values) =>
    uint16s.write(
      pointer,
      values.map((value) => ordinalOf(names, value, enumName)),
    ),
});

/** Elements that are pointers; `null` when a pointer leads nowhere. */
function pointers<T>(read: (list: ListView | null) => T, write: (pointer: Pointer, value: T) => void): Element<T> {
  return {
    elementSize: POINTER,
    read: (list, index) => read(followListAt(list.message.follow(list.segment, list.offset + index * 8, list.depth))),
    write: (pointer, values) => {
      const list = new List<T>(pointer.segment, pointer.byteOffset);
      List.initList(POINTER, values.length, list);
      const content = getContent(list);
      values.forEach((value, index) => write(new List(content.segment, content.byteOffset + index * 8), value));
    },
  };
}

export const texts = pointers<string>(
  (list) => (list === null ? '' : textOf(list)),
  (pointer, value) => Text.fromPointer(pointer).set(0, value),
);

export const datas = pointers<Uint8Array>(
  (list) => (list === null ? new Uint8Array(0) : dataOf(list)),
  (pointer, value) => {
    const data = new Data(pointer.segment, pointer.byteOffset);
    List.initList(BYTE, value.byteLength, data);
    fillData(data, value);
  },
);

export const lists = <T>(element: Element<T>): Element<readonly T[]> =>
  pointers<readonly T[]>((list) => arrayOf(list, element), element.write);

export const structs = <T>(codec: StructCodec<T>): Element<T> => ({
  elementSize: COMPOSITE,
  read: (list, index) => {
    const data = list.offset + index * (list.dataBytes + list.pointerCount * 8);
    const { message, segment, dataBytes, pointerCount, depth } = list;
    return codec.read({ message, segment, data, dataBytes, pointers: data + dataBytes, pointerCount, depth });
  },
  write: (pointer, values) => writeStructs(pointer, codec, values),
});
