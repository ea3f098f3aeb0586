// What the emitters know about a schema: its nodes as plain objects, and how to find one by its id.

/**
 * @typedef {'bool' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint8' | 'uint16' | 'uint32' | 'uint64' | 'float32'
 *   | 'float64'} NumberKind
 * @typedef {{ kind: 'void' | 'text' | 'data' | NumberKind }} PlainType
 * @typedef {{ kind: 'list', element: Type }} ListType
 * @typedef {{ kind: 'enum' | 'struct' | 'interface', id: bigint }} NamedType
 * @typedef {PlainType | ListType | NamedType} Type
 */

/**
 * @typedef {object} FieldCommon
 * @property {string} name
 * @property {string | undefined} doc
 * @property {number | null} arm number in its union, `null` for a field that is in none
 * @property {number} order
 * @property {unknown} [optional] present when the schema marks it
 *
 * @typedef {FieldCommon & { group: bigint, type?: undefined }} GroupField
 * @typedef {FieldCommon & { group?: undefined, type: Type, offset: number, hasDefault: boolean,
 *   byDefault: import('capnp-ts/src/std/schema.capnp.js').Value }} SlotField
 * @typedef {GroupField | SlotField} Field
 */

/**
 * @typedef {{ id: bigint, name: string, doc: string }} Declared
 * @typedef {Declared & { kind: 'struct', isGroup: boolean, boxed?: unknown, dataBytes: number, pointerCount: number,
 *   unionOffset: number, fields: Field[] }} StructNode
 * @typedef {Declared & { kind: 'enum', values: Array<{ name: string, doc: string | undefined }> }} EnumNode
 * @typedef {{ ordinal: number, name: string, doc: string | undefined, input: bigint, output: bigint,
 *   deadlineMs?: unknown }} Method
 * @typedef {Declared & { kind: 'interface', methods: Method[] }} InterfaceNode
 * @typedef {Declared & { kind: 'const', type: Type, value: import('capnp-ts/src/std/schema.capnp.js').Value }} ConstNode
 * @typedef {StructNode | EnumNode | InterfaceNode | ConstNode} Node
 * @typedef {{ nodes: Map<bigint, Node>, order: Node[] }} Model nodes by id, and in the order of the file
 */

/** @param {Model} model @param {bigint} id @returns {Node} */
export function nodeAt(model, id) {
  const node = model.nodes.get(id);
  if (node === undefined) throw new Error(`the schema has no node 0x${id.toString(16)}`);
  return node;
}

/** @param {Model} model @param {bigint} id @returns {StructNode} */
export function structAt(model, id) {
  const node = nodeAt(model, id);
  if (node.kind !== 'struct') throw new Error(`${node.name} isn't a struct`);
  return node;
}

/** @param {Model} model @param {bigint} id @returns {EnumNode} */
export function enumAt(model, id) {
  const node = nodeAt(model, id);
  if (node.kind !== 'enum') throw new Error(`${node.name} isn't an enum`);
  return node;
}

/** The name of an enum's value. @param {EnumNode} node @param {number} number */
export function enumName(node, number) {
  const value = node.values[number];
  if (value === undefined) throw new Error(`${node.name} has no value ${number}`);
  return value.name;
}

/** The one field of a boxed struct. @param {StructNode} node @returns {SlotField} */
export function onlyField(node) {
  const [field, ...more] = node.fields;
  if (field === undefined || more.length > 0 || field.group !== undefined)
    throw new Error(`${node.name}: a boxed struct must have one field`);
  return field;
}
