/** Writes the fields of a struct through capnp-ts. Numbers are stored XORed with their default. */
import { type Data, List, ListElementSize, ObjectSize, type Pointer, Struct } from 'capnp-ts';
import type { StructCodec } from './codec';

const atPointer = (builder: Struct, index: number): Pointer => Struct.getPointer(index, builder);

/** @throws TypeError when `value` isn't a whole number in the field's range */
function whole(value: number, minimum: number, maximum: number): number {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new TypeError(`${String(value)} isn't a whole number from ${minimum} to ${maximum}`);
}

export const writeBool = (builder: Struct, offset: number, value: boolean, byDefault = false): void =>
  Struct.setBit(offset, value !== byDefault, builder);

export const writeInt8 = (builder: Struct, offset: number, value: number, byDefault = 0): void =>
  Struct.setInt8(offset, whole(value, -0x80, 0x7f) ^ byDefault, builder);

export const writeInt16 = (builder: Struct, offset: number, value: number, byDefault = 0): void =>
  Struct.setInt16(offset, whole(value, -0x8000, 0x7fff) ^ byDefault, builder);

export const writeInt32 = (builder: Struct, offset: number, value: number, byDefault = 0): void =>
  Struct.setInt32(offset, whole(value, -0x80000000, 0x7fffffff) ^ byDefault, builder);

export const writeInt64 = (builder: Struct, offset: number, value: bigint, byDefault = 0n): void =>
  Struct.setInt64(offset, value ^ byDefault, builder);

export const writeUint8 = (builder: Struct, offset: number, value: number, byDefault = 0): void =>
  Struct.setUint8(offset, whole(value, 0, 0xff) ^ byDefault, builder);

export const writeUint16 = (builder: Struct, offset: number, value: number, byDefault = 0): void =>
  Struct.setUint16(offset, whole(value, 0, 0xffff) ^ byDefault, builder);

export const writeUint32 = (builder: Struct, offset: number, value: number, byDefault = 0): void =>
  Struct.setUint32(offset, (whole(value, 0, 0xffffffff) ^ byDefault) >>> 0, builder);

export const writeUint64 = (builder: Struct, offset: number, value: bigint, byDefault = 0n): void =>
  Struct.setUint64(offset, value ^ byDefault, builder);

const scratch = new DataView(new ArrayBuffer(16));

/** @throws TypeError when `value` isn't a number */
function number(value: number): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`${String(value)} isn't a number`);
}

export function writeFloat32(builder: Struct, offset: number, value: number, byDefault = 0): void {
  scratch.setFloat32(0, number(value), true);
  scratch.setFloat32(8, byDefault, true);
  Struct.setUint32(offset, (scratch.getUint32(0, true) ^ scratch.getUint32(8, true)) >>> 0, builder);
}

export function writeFloat64(builder: Struct, offset: number, value: number, byDefault = 0): void {
  scratch.setFloat64(0, number(value), true);
  scratch.setFloat64(8, byDefault, true);
  Struct.setUint64(offset, scratch.getBigUint64(0, true) ^ scratch.getBigUint64(8, true), builder);
}

/** @throws TypeError for a name that isn't in the enum */
export function ordinalOf(names: readonly string[], value: string, enumName: string): number {
  const ordinal = names.indexOf(value);
  if (ordinal === -1) throw new TypeError(`${enumName} has no value ${value}`);
  return ordinal;
}

/** @throws TypeError for a name that isn't in the enum */
export const writeEnum = (
  builder: Struct,
  offset: number,
  value: string,
  names: readonly string[],
  enumName: string,
  byDefault = 0,
): void => Struct.setUint16(offset, ordinalOf(names, value, enumName) ^ byDefault, builder);

/** The error for a union value with an arm that isn't in the schema. */
export const unknownWhich = (structName: string, value: { readonly which: string }): TypeError =>
  new TypeError(`${structName} has no variant ${value.which}`);

/** @throws TypeError when `value` isn't a text */
export function writeText(builder: Struct, index: number, value: string): void {
  if (typeof value !== 'string') throw new TypeError(`${String(value)} isn't a text`);
  Struct.setText(index, value, builder);
}

export const writeData = (builder: Struct, index: number, value: Uint8Array): void =>
  fillData(Struct.initData(index, value.byteLength, builder), value);

/** Copies bytes into a newly made list of bytes. */
export const fillData = (data: Data, value: Uint8Array): void => {
  if (value.byteLength > 0) data.copyBuffer(value);
};

/** Initialises a struct of the given size behind a null pointer. */
export function initStruct(pointer: Pointer, codec: Pick<StructCodec<never>, 'dataBytes' | 'pointerCount'>): Struct {
  const struct = new Struct(pointer.segment, pointer.byteOffset);
  if (codec.dataBytes + codec.pointerCount === 0) {
    // A struct of size zero is placed before its own pointer; otherwise it would read as null.
    pointer.segment.setUint32(pointer.byteOffset, 0xfffffffc);
    return struct;
  }
  Struct.initStruct(new ObjectSize(codec.dataBytes, codec.pointerCount), struct);
  return struct;
}

export const writeStruct = <T>(builder: Struct, index: number, codec: StructCodec<T>, value: T): void =>
  codec.write(initStruct(atPointer(builder, index), codec), value);

/** A list of structs, written one by one. */
export function writeStructs<T>(pointer: Pointer, codec: StructCodec<T>, values: readonly T[]): void {
  const list = new List<Struct>(pointer.segment, pointer.byteOffset);
  const size = new ObjectSize(codec.dataBytes, codec.pointerCount);
  List.initList(ListElementSize.COMPOSITE, values.length, list, size);
  values.forEach((value, index) => codec.write(new Struct(list.segment, list.byteOffset, undefined, index), value));
}
