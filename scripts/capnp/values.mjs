// Constants and defaults of a schema, as JavaScript values.
import { List, ListElementSize, Struct } from 'capnp-ts';
import { Value_Which } from 'capnp-ts/src/std/schema.capnp.js';
import * as pointers from 'capnp-ts/src/serialization/pointers/pointer.js';
import { enumAt, enumName, structAt } from './nodes.mjs';

/** @typedef {import('capnp-ts/src/std/schema.capnp.js').Value} Value */
/** @typedef {import('./nodes.mjs').Model} Model */
/** @typedef {import('./nodes.mjs').Type} Type */

/** @type {ReadonlyMap<Value_Which, (value: Value) => unknown>} */
const getters = new Map(
  /** @type {Array<[Value_Which, (value: Value) => unknown]>} */ ([
    [Value_Which.BOOL, (value) => value.getBool()],
    [Value_Which.INT8, (value) => value.getInt8()],
    [Value_Which.INT16, (value) => value.getInt16()],
    [Value_Which.INT32, (value) => value.getInt32()],
    [Value_Which.INT64, (value) => value.getInt64()],
    [Value_Which.UINT8, (value) => value.getUint8()],
    [Value_Which.UINT16, (value) => value.getUint16()],
    [Value_Which.UINT32, (value) => value.getUint32()],
    [Value_Which.UINT64, (value) => value.getUint64()],
    [Value_Which.FLOAT32, (value) => value.getFloat32()],
    [Value_Which.FLOAT64, (value) => value.getFloat64()],
    [Value_Which.TEXT, (value) => value.getText()],
    [Value_Which.DATA, (value) => value.getData().toUint8Array()],
    [Value_Which.ENUM, (value) => value.getEnum()],
    [Value_Which.VOID, () => null],
  ]),
);

/** A scalar; an enum is its number; undefined where the value is a struct or a list. @param {Value} value */
export const readValue = (value) => getters.get(value.which())?.(value);

/** @type {Readonly<Partial<Record<Type['kind'], (struct: Struct, offset: number) => unknown>>>} */
const scalarReaders = {
  bool: (struct, offset) => Struct.getBit(offset, struct),
  int8: (struct, offset) => Struct.getInt8(offset, struct),
  int16: (struct, offset) => Struct.getInt16(offset * 2, struct),
  int32: (struct, offset) => Struct.getInt32(offset * 4, struct),
  int64: (struct, offset) => Struct.getInt64(offset * 8, struct),
  uint8: (struct, offset) => Struct.getUint8(offset, struct),
  uint16: (struct, offset) => Struct.getUint16(offset * 2, struct),
  uint32: (struct, offset) => Struct.getUint32(offset * 4, struct),
  uint64: (struct, offset) => Struct.getUint64(offset * 8, struct),
  float32: (struct, offset) => Struct.getFloat32(offset * 4, struct),
  float64: (struct, offset) => Struct.getFloat64(offset * 8, struct),
  text: (struct, offset) => Struct.getText(offset, struct),
};

/**
 * A struct value with its fields by name, for constants. Only fields without a default of their own.
 *
 * @param {Model} model
 * @param {import('./nodes.mjs').StructNode} node
 * @param {Struct} struct
 */
function structValue(model, node, struct) {
  /** @type {Record<string, unknown>} */
  const value = {};
  for (const field of node.fields) {
    if (field.arm !== null || field.group !== undefined)
      throw new Error(`${node.name}: constants with unions aren't supported`);
    const { type, offset } = field;
    const read = scalarReaders[type.kind];
    if (type.kind === 'enum')
      value[field.name] = enumName(enumAt(model, type.id), Struct.getUint16(offset * 2, struct));
    else if (type.kind === 'void') value[field.name] = null;
    else if (read) value[field.name] = read(struct, offset);
    else if (type.kind === 'list') value[field.name] = listValue(model, type, Struct.getPointer(offset, struct));
    else throw new Error(`${node.name}.${field.name}: constants of kind ${type.kind} aren't supported`);
  }
  return value;
}

/** @param {Model} model @param {import('./nodes.mjs').ListType} type @param {pointers.Pointer} pointer @returns {unknown[]} */
function listValue(model, type, pointer) {
  if (pointers.isNull(pointer)) return [];
  const list = new List(pointer.segment, pointer.byteOffset);
  const length = pointers.getTargetListLength(list);
  if (type.element.kind === 'struct') {
    const node = structAt(model, type.element.id);
    return Array.from({ length }, (_, index) =>
      structValue(model, node, new Struct(list.segment, list.byteOffset, undefined, index)),
    );
  }
  if (type.element.kind === 'text' && pointers.getTargetListElementSize(list) === ListElementSize.POINTER) {
    const content = pointers.getContent(list);
    return Array.from({ length }, (_, index) => {
      const text = new Struct(content.segment, content.byteOffset + index * 8);
      return Buffer.from(pointers.getContent(text).segment.buffer, pointers.getContent(text).byteOffset)
        .subarray(0, pointers.getTargetListLength(text) - 1)
        .toString('utf8');
    });
  }
  throw new Error(`constants of lists of ${type.element.kind} aren't supported`);
}

/**
 * The value of a constant.
 *
 * @param {Model} model
 * @param {Type} type
 * @param {Value} value
 * @returns {unknown} plain objects, arrays, strings and numbers; enums by name
 * @throws Error naming a kind of value that this generator doesn't support
 */
export function constantValue(model, type, value) {
  const scalar = readValue(value);
  if (type.kind === 'enum') return enumName(enumAt(model, type.id), Number(scalar));
  if (scalar !== undefined) return scalar;
  if (type.kind === 'list') return listValue(model, type, value.getList());
  if (type.kind !== 'struct') throw new Error(`constants of kind ${type.kind} aren't supported`);
  const pointer = value.getStruct();
  return structValue(model, structAt(model, type.id), new Struct(pointer.segment, pointer.byteOffset));
}
