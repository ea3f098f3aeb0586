// The schema as plain objects, by id: what the emitters need to know.
import { List, Struct } from 'capnp-ts';
import { getTargetListLength, isNull } from 'capnp-ts/src/serialization/pointers/pointer.js';
import { Field_Which, Node_Which, Type_Which } from 'capnp-ts/src/std/schema.capnp.js';
import { readValue } from './values.mjs';

/**
 * @typedef {import('capnp-ts/src/std/schema.capnp.js').Node} SchemaNode
 * @typedef {import('./nodes.mjs').Node} Node
 * @typedef {import('./nodes.mjs').Type} Type
 * @typedef {import('./nodes.mjs').PlainType['kind']} PlainKind
 * @typedef {ReadonlyMap<bigint, string>} AnnotationNames by id
 * @typedef {ReadonlyArray<string | undefined>} MemberDocs
 * @typedef {(node: SchemaNode, doc: string, members: MemberDocs, names: AnnotationNames) => ReadNode} Reader
 * @typedef {import('./nodes.mjs').Node extends infer N ? N extends unknown ? Omit<N, 'id'> : never : never} ReadNode
 */

/** Annotations that control the generator, by their names in the schema. */
const known = ['optional', 'boxed', 'deadlineMs'];

/** @type {ReadonlyArray<[keyof typeof Type_Which, PlainKind]>} */
const scalarNames = [
  ['VOID', 'void'],
  ['BOOL', 'bool'],
  ['INT8', 'int8'],
  ['INT16', 'int16'],
  ['INT32', 'int32'],
  ['INT64', 'int64'],
  ['UINT8', 'uint8'],
  ['UINT16', 'uint16'],
  ['UINT32', 'uint32'],
  ['UINT64', 'uint64'],
  ['FLOAT32', 'float32'],
  ['FLOAT64', 'float64'],
  ['TEXT', 'text'],
  ['DATA', 'data'],
];
/** @type {ReadonlyMap<Type_Which, PlainKind>} */
const scalars = new Map(scalarNames.map(([which, name]) => [Type_Which[which], name]));

/** @param {import('capnp-ts/src/std/schema.capnp.js').Type} type @param {string} where @returns {Type} */
function readType(type, where) {
  const which = type.which();
  const scalar = scalars.get(which);
  if (scalar !== undefined) return { kind: scalar };
  if (which === Type_Which.LIST) return { kind: 'list', element: readType(type.getList().getElementType(), where) };
  if (which === Type_Which.ENUM) return { kind: 'enum', id: type.getEnum().getTypeId() };
  if (which === Type_Which.STRUCT) return { kind: 'struct', id: type.getStruct().getTypeId() };
  if (which === Type_Which.INTERFACE) return { kind: 'interface', id: type.getInterface().getTypeId() };
  throw new Error(`${where}: types of kind ${Type_Which[which]} aren't supported`);
}

const upperFirst = (/** @type {string} */ text) => text.charAt(0).toUpperCase() + text.slice(1);
/** @param {string} text */
export const lowerFirst = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/** `file:Outer.inner$Params` → `OuterInnerParams` @param {SchemaNode} node */
const typeName = (node) =>
  node
    .getDisplayName()
    .replace(/^[^:]*:?/, '')
    .split(/[.$]/)
    .map(upperFirst)
    .join('');

/**
 * @param {{ getAnnotations(): import('capnp-ts').List<import('capnp-ts/src/std/schema.capnp.js').Annotation> }} owner
 * @param {AnnotationNames} names
 */
function readAnnotations(owner, names) {
  /** @type {Record<string, unknown>} */
  const found = {};
  for (const annotation of owner.getAnnotations().toArray()) {
    const name = names.get(annotation.getId());
    if (name !== undefined && known.includes(name)) found[name] = readValue(annotation.getValue());
  }
  return found;
}

/**
 * @param {import('capnp-ts/src/std/schema.capnp.js').Field} field
 * @param {string} where
 * @param {AnnotationNames} annotationNames
 * @param {string | undefined} doc
 * @returns {import('./nodes.mjs').Field}
 */
function readField(field, where, annotationNames, doc) {
  const name = field.getName();
  const discriminant = field.getDiscriminantValue();
  const common = {
    name,
    doc,
    order: field.getCodeOrder(),
    arm: discriminant === 0xffff ? null : discriminant,
    ...readAnnotations(field, annotationNames),
  };
  if (field.which() === Field_Which.GROUP) return { ...common, group: field.getGroup().getTypeId() };
  const slot = field.getSlot();
  const type = readType(slot.getType(), `${where}.${name}`);
  return {
    ...common,
    type,
    offset: slot.getOffset(),
    byDefault: slot.getDefaultValue(),
    hasDefault: slot.getHadExplicitDefault(),
  };
}

/** @type {Reader} */
function readStruct(node, doc, members, annotationNames) {
  const struct = node.getStruct();
  const name = typeName(node);
  return {
    kind: 'struct',
    name,
    doc,
    isGroup: struct.getIsGroup(),
    ...readAnnotations(node, annotationNames),
    dataBytes: struct.getDataWordCount() * 8,
    pointerCount: struct.getPointerCount(),
    unionOffset: struct.getDiscriminantOffset(),
    fields: struct
      .getFields()
      .toArray()
      .map((field, index) => readField(field, name, annotationNames, members[index]))
      .sort((a, b) => a.order - b.order),
  };
}

/** @type {Readonly<Partial<Record<Node_Which, Reader>>>} */
const readers = {
  [Node_Which.STRUCT]: readStruct,
  [Node_Which.ENUM]: (node, doc, members) => ({
    kind: 'enum',
    name: typeName(node),
    doc,
    values: node
      .getEnum()
      .getEnumerants()
      .toArray()
      .map((enumerant, index) => ({ name: enumerant.getName(), doc: members[index] })),
  }),
  [Node_Which.INTERFACE]: (node, doc, members, annotationNames) => {
    const name = typeName(node);
    if (node.getInterface().getSuperclasses().getLength() > 0) {
      throw new Error(`${name}: interfaces that extend others aren't supported`);
    }
    return {
      kind: 'interface',
      name,
      doc,
      methods: node
        .getInterface()
        .getMethods()
        .toArray()
        .map((method, ordinal) => ({
          ordinal,
          name: method.getName(),
          doc: members[ordinal],
          input: method.getParamStructType(),
          output: method.getResultStructType(),
          ...readAnnotations(method, annotationNames),
        })),
    };
  },
  [Node_Which.CONST]: (node, doc) => ({
    kind: 'const',
    name: lowerFirst(typeName(node)),
    doc,
    type: readType(node.getConst().getType(), typeName(node)),
    value: node.getConst().getValue(),
  }),
};

/** @param {import('capnp-ts/src/serialization/pointers/pointer.js').Pointer} pointer */
const rawStructs = (pointer) => {
  if (isNull(pointer)) return [];
  const list = new List(pointer.segment, pointer.byteOffset);
  const length = getTargetListLength(list);
  return Array.from({ length }, (_, index) => new Struct(list.segment, list.byteOffset, undefined, index));
};

/**
 * Comments by node. Read field by field: compilers before 1.0 send a shorter struct than capnp-ts knows, and widening
 * such lists breaks them.
 *
 * @param {Struct} request
 */
const readComments = (request) =>
  new Map(
    rawStructs(Struct.getPointer(3, request)).map((info) => [
      Struct.getUint64(0, info),
      {
        doc: Struct.getText(0, info),
        members: rawStructs(Struct.getPointer(1, info)).map((member) => Struct.getText(0, member)),
      },
    ]),
  );

/**
 * @param {import('capnp-ts/src/std/schema.capnp.js').CodeGeneratorRequest} request
 * @returns {import('./nodes.mjs').Model}
 */
export function readModel(request) {
  const all = request.getNodes().toArray();
  const annotationNames = new Map(
    all
      .filter((node) => node.which() === Node_Which.ANNOTATION)
      .map((node) => [node.getId(), lowerFirst(typeName(node))]),
  );
  const docs = readComments(request);
  /** @type {Map<bigint, Node>} */
  const nodes = new Map();
  for (const node of all) {
    const read = readers[node.which()];
    if (read === undefined) continue;
    const { doc = '', members = [] } = docs.get(node.getId()) ?? {};
    nodes.set(node.getId(), { id: node.getId(), ...read(node, doc, members, annotationNames) });
  }
  return { nodes, order: inOrder(all, nodes) };
}

/**
 * Nodes in the order of the file, each followed by its groups and by what is declared inside it.
 *
 * @param {readonly SchemaNode[]} all
 * @param {ReadonlyMap<bigint, Node>} nodes
 */
function inOrder(all, nodes) {
  const nested = new Map(
    all.map((node) => [
      node.getId(),
      node
        .getNestedNodes()
        .toArray()
        .map((child) => child.getId()),
    ]),
  );
  /** @type {(id: bigint) => Node[]} */
  const visit = (id) => {
    const node = nodes.get(id);
    const groups = (node?.kind === 'struct' ? node.fields : []).flatMap((field) => field.group ?? []);
    const parameters = (node?.kind === 'interface' ? node.methods : [])
      .flatMap((method) => [method.input, method.output])
      .filter((struct) => all.some((other) => other.getId() === struct && other.getScopeId() === 0n));
    const inside = [...parameters, ...groups, ...(nested.get(id) ?? [])].flatMap(visit);
    return node === undefined ? inside : [node, ...inside];
  };
  return all.filter((node) => node.which() === Node_Which.FILE).flatMap((file) => visit(file.getId()));
}
