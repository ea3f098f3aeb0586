/** Reads the fields of a struct. A field beyond the end of the data has its default. */
import { ContractError } from './contract-error';
import type { ListView, StructView } from './message-view';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const has = (view: StructView, offset: number, bytes: number): boolean => offset + bytes <= view.dataBytes;

/** A bit; `offset` counts bits. */
export function readBool(view: StructView, offset: number, byDefault = false): boolean {
  if (!has(view, offset >>> 3, 1)) return byDefault;
  const isSet = ((view.segment.getUint8(view.data + (offset >>> 3)) >>> (offset & 7)) & 1) === 1;
  return isSet !== byDefault;
}

// Numbers are stored XORed with their default, so that zero bytes mean the default.

export const readInt8 = (view: StructView, offset: number, byDefault = 0): number =>
  has(view, offset, 1) ? view.segment.getInt8(view.data + offset) ^ byDefault : byDefault;

export const readInt16 = (view: StructView, offset: number, byDefault = 0): number =>
  has(view, offset, 2) ? view.segment.getInt16(view.data + offset, true) ^ byDefault : byDefault;

export const readInt32 = (view: StructView, offset: number, byDefault = 0): number =>
  has(view, offset, 4) ? view.segment.getInt32(view.data + offset, true) ^ byDefault : byDefault;

export const readInt64 = (view: StructView, offset: number, byDefault = 0n): bigint =>
  has(view, offset, 8) ? view.segment.getBigInt64(view.data + offset, true) ^ byDefault : byDefault;

export const readUint8 = (view: StructView, offset: number, byDefault = 0): number =>
  has(view, offset, 1) ? view.segment.getUint8(view.data + offset) ^ byDefault : byDefault;

export const readUint16 = (view: StructView, offset: number, byDefault = 0): number =>
  has(view, offset, 2) ? view.segment.getUint16(view.data + offset, true) ^ byDefault : byDefault;

export const readUint32 = (view: StructView, offset: number, byDefault = 0): number =>
  has(view, offset, 4) ? (view.segment.getUint32(view.data + offset, true) ^ byDefault) >>> 0 : byDefault;

export const readUint64 = (view: StructView, offset: number, byDefault = 0n): bigint =>
  has(view, offset, 8) ? view.segment.getBigUint64(view.data + offset, true) ^ byDefault : byDefault;

const scratch = new DataView(new ArrayBuffer(8));

export function readFloat32(view: StructView, offset: number, byDefault = 0): number {
  if (!has(view, offset, 4)) return byDefault;
  scratch.setFloat32(0, byDefault, true);
  scratch.setUint32(0, scratch.getUint32(0, true) ^ view.segment.getUint32(view.data + offset, true), true);
  return scratch.getFloat32(0, true);
}

export function readFloat64(view: StructView, offset: number, byDefault = 0): number {
  if (!has(view, offset, 8)) return byDefault;
  scratch.setFloat64(0, byDefault, true);
  scratch.setBigUint64(0, scratch.getBigUint64(0, true) ^ view.segment.getBigUint64(view.data + offset, true), true);
  return scratch.getFloat64(0, true);
}

/** @throws ContractError `invalidMessage` for a number that this version of the schema has no name for */
export function readEnum<T extends string>(
  view: StructView,
  offset: number,
  names: readonly T[],
  enumName: string,
  byDefault = 0,
): T {
  return enumerant(names, readUint16(view, offset, byDefault), enumName);
}

/** @throws ContractError `invalidMessage` */
export function enumerant<T extends string>(names: readonly T[], ordinal: number, enumName: string): T {
  const name = names[ordinal];
  if (name === undefined) throw new ContractError('invalidMessage', `${enumName} has no value ${ordinal}`);
  return name;
}

/** The error for a union arm that this version of the schema doesn't know. */
export const unknownArm = (structName: string, ordinal: number): ContractError =>
  new ContractError('invalidMessage', `${structName} has no variant ${ordinal}`);

/** Whether pointer `index` leads anywhere, without following it. */
export function hasPointer(view: StructView, index: number): boolean {
  if (index >= view.pointerCount) return false;
  const offset = view.pointers + index * 8;
  return view.segment.getUint32(offset, true) !== 0 || view.segment.getUint32(offset + 4, true) !== 0;
}

/** @throws ContractError `invalidMessage` when the pointer leads to something else */
export function followStruct(view: StructView, index: number): StructView | null {
  if (index >= view.pointerCount) return null;
  const target = view.message.follow(view.segment, view.pointers + index * 8, view.depth);
  if (target !== null && target.kind !== 'struct') throw wrongKind('struct', target.kind);
  return target;
}

/** @throws ContractError `invalidMessage` when the pointer leads to something else */
export function followList(view: StructView, index: number): ListView | null {
  if (index >= view.pointerCount) return null;
  return followListAt(view.message.follow(view.segment, view.pointers + index * 8, view.depth));
}

/** @throws ContractError `invalidMessage` when the pointer leads to something else */
export function followListAt(target: ReturnType<StructView['message']['follow']>): ListView | null {
  if (target !== null && target.kind !== 'list') throw wrongKind('list', target.kind);
  return target;
}

const wrongKind = (wanted: string, found: string): ContractError =>
  new ContractError('invalidMessage', `expected a ${wanted}, found a ${found}`);

/** A struct without fields: what a null pointer means. */
export const emptyStruct = (view: StructView): StructView => ({
  ...view,
  data: 0,
  dataBytes: 0,
  pointers: 0,
  pointerCount: 0,
});

/** The struct that pointer `index` leads to; a null pointer reads as all defaults. */
export const readStruct = <T>(view: StructView, index: number, read: (view: StructView) => T): T =>
  read(followStruct(view, index) ?? emptyStruct(view));

export function readText(view: StructView, index: number, byDefault = ''): string {
  const list = followList(view, index);
  return list === null ? byDefault : textOf(list);
}

/** A copy of the bytes, not a window into the message. */
export function readData(view: StructView, index: number, byDefault?: Uint8Array): Uint8Array {
  const list = followList(view, index);
  return list === null ? (byDefault ?? new Uint8Array(0)) : bytesOf(list).slice();
}

const bytesOf = (list: ListView): Uint8Array => {
  if (list.elementSize !== 2) throw new ContractError('invalidMessage', 'expected a list of bytes, found another list');
  return new Uint8Array(list.segment.buffer, list.segment.byteOffset + list.offset, list.length);
};

/** @throws ContractError `invalidMessage` when the zero byte at the end of a text is missing */
export function textOf(list: ListView): string {
  const bytes = bytesOf(list);
  if (bytes.at(-1) !== 0) throw new ContractError('invalidMessage', 'a text has no end');
  return decoder.decode(bytes.subarray(0, -1));
}

export const dataOf = (list: ListView): Uint8Array => bytesOf(list).slice();
