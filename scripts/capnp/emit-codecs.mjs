// Emits how each struct of a schema is read and written, and the descriptors of its interfaces.
import { boxedField, valuesName } from './emit-types.mjs';
import { lowerFirst } from './model.mjs';
import { nodeAt, onlyField, structAt } from './nodes.mjs';
import { readValue } from './values.mjs';

/** @typedef {import('./nodes.mjs').Model} Model */
/** @typedef {import('./nodes.mjs').Type} Type */
/** @typedef {import('./nodes.mjs').Field} Field */
/** @typedef {import('./nodes.mjs').SlotField} SlotField */
/** @typedef {import('./nodes.mjs').StructNode} StructNode */
/** @typedef {import('./nodes.mjs').InterfaceNode} InterfaceNode */

/**
 * Sizes of scalars in a message: the schema counts offsets in these units. A bool's offset is counted in bits.
 *
 * @type {Readonly<Partial<Record<Type['kind'], number>>>}
 */
const sizes = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  enum: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  int64: 8,
  uint64: 8,
  float64: 8,
};

const upperFirst = (/** @type {string} */ text) => text.charAt(0).toUpperCase() + text.slice(1);
const codecName = (/** @type {{ name: string }} */ node) => `${lowerFirst(node.name)}Codec`;
const interfaceName = (/** @type {{ name: string }} */ node) => `${lowerFirst(node.name)}Interface`;

/** @param {SlotField} field */
function defaultText(field) {
  const value = readValue(field.byDefault);
  if (value === undefined || value === null || value === false || value === 0 || value === 0n || value === '')
    return '';
  if (value instanceof Uint8Array) return value.length === 0 ? '' : `, new Uint8Array([${[...value].join(', ')}])`;
  return `, ${typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)}`;
}

/** The description of a list's elements. @param {Model} model @param {Type} type @returns {string} */
function element(model, type) {
  if (type.kind === 'struct') return `lists.structs(${codecName(nodeAt(model, type.id))})`;
  if (type.kind === 'list') return `lists.lists(${element(model, type.element)})`;
  if (type.kind === 'enum') {
    const node = nodeAt(model, type.id);
    return `lists.enums(types.${valuesName(node)}, '${node.name}')`;
  }
  if (type.kind === 'interface' || type.kind === 'void') throw new Error(`lists of ${type.kind} aren't supported`);
  return `lists.${type.kind}s`;
}

/**
 * How a view reads a field; for optional ones, the pointer is checked first.
 *
 * @param {Model} model
 * @param {Field} field
 */
function readExpression(model, field) {
  if (field.group !== undefined) return `read${nodeAt(model, field.group).name}(view)`;
  const { type } = field;
  const size = sizes[type.kind];
  if (size !== undefined) {
    const offset = field.offset * size;
    if (type.kind !== 'enum') return `values.read${upperFirst(type.kind)}(view, ${offset}${defaultText(field)})`;
    const node = nodeAt(model, type.id);
    return `values.readEnum(view, ${offset}, types.${valuesName(node)}, '${node.name}'${defaultText(field)})`;
  }
  const read = readPointer(model, field);
  return 'optional' in field ? `values.hasPointer(view, ${field.offset}) ? ${read} : undefined` : read;
}

/** @param {Model} model @param {SlotField} field */
function readPointer(model, field) {
  const { type, offset } = field;
  switch (type.kind) {
    case 'text':
      return `values.readText(view, ${offset}${defaultText(field)})`;
    case 'data':
      return `values.readData(view, ${offset}${defaultText(field)})`;
    case 'list':
      return `lists.readList(view, ${offset}, ${element(model, type.element)})`;
    case 'struct': {
      const read = `values.readStruct(view, ${offset}, read${nodeAt(model, type.id).name})`;
      const boxed = boxedField(model, type);
      return boxed === undefined ? read : `${read}.${boxed.name}`;
    }
    case 'interface':
      return `readCapability(view, ${offset}, ${interfaceName(nodeAt(model, type.id))})`;
    default:
      throw new Error(`${field.name}: a ${type.kind} has no pointer`);
  }
}

/** @param {Model} model @param {Field} field @param {string} access */
function writeStatement(model, field, access) {
  if (field.group !== undefined) return `write${nodeAt(model, field.group).name}(builder, ${access});`;
  const { type } = field;
  const size = sizes[type.kind];
  if (size !== undefined) {
    const offset = field.offset * size;
    const byDefault = defaultText(field);
    if (type.kind !== 'enum') return `to.write${upperFirst(type.kind)}(builder, ${offset}, ${access}${byDefault});`;
    const node = nodeAt(model, type.id);
    return `to.writeEnum(builder, ${offset}, ${access}, types.${valuesName(node)}, '${node.name}'${byDefault});`;
  }
  const write = writePointer(model, field, access);
  return 'optional' in field ? `if (${access} !== undefined) ${write}` : write;
}

/** @param {Model} model @param {SlotField} field @param {string} access */
function writePointer(model, { name, type, offset }, access) {
  switch (type.kind) {
    case 'text':
      return `to.writeText(builder, ${offset}, ${access});`;
    case 'data':
      return `to.writeData(builder, ${offset}, ${access});`;
    case 'list':
      return `lists.writeList(builder, ${offset}, ${element(model, type.element)}, ${access});`;
    case 'struct': {
      const boxed = boxedField(model, type);
      const value = boxed === undefined ? access : `{ ${boxed.name}: ${access} }`;
      return `to.writeStruct(builder, ${offset}, ${codecName(structAt(model, type.id))}, ${value});`;
    }
    case 'interface':
      return `writeCapability(builder, ${offset}, ${interfaceName(nodeAt(model, type.id))}, ${access});`;
    default:
      throw new Error(`${name}: a ${type.kind} has no pointer`);
  }
}

/** @param {StructNode} node */
function refusePointerDefaults(node) {
  for (const field of node.fields) {
    if (field.group !== undefined || !field.hasDefault || !['list', 'struct'].includes(field.type.kind)) continue;
    throw new Error(`${node.name}.${field.name}: defaults of structs and lists aren't supported`);
  }
}

/** @param {Model} model @param {StructNode} node */
function structCodec(model, node) {
  refusePointerDefaults(node);
  const type = 'boxed' in node ? `{ readonly ${onlyField(node).name}: ${boxType(node)} }` : `types.${node.name}`;
  const plain = node.fields.filter((field) => field.arm === null && field.type?.kind !== 'void');
  const arms = node.fields.filter((field) => field.arm !== null);
  const members = plain.map((field) => `${field.name}: ${readExpression(model, field)},`).join('\n');
  const writes = plain.map((field) => writeStatement(model, field, `value.${field.name}`)).join('\n');
  const isEmpty = node.fields.length === 0;
  const parameters = {
    read: isEmpty ? '_view' : 'view',
    write: isEmpty ? '_builder' : 'builder',
    value: isEmpty ? '_value' : 'value',
  };

  let body = `return {\n${members}\n};`;
  let writeArms = '';
  if (arms.length > 0) {
    const cases = arms.map((field) =>
      field.type?.kind === 'void'
        ? `case ${field.arm}:\nreturn { ${members === '' ? '' : '...common, '}which: '${field.name}' };`
        : `case ${field.arm}:\nreturn { ${members === '' ? '' : '...common, '}which: '${field.name}', ${field.name}: ${readExpression(model, field)} };`,
    );
    const which = `const which = values.readUint16(view, ${node.unionOffset * 2});\n`;
    body =
      (members === '' ? '' : `const common = {\n${members}\n};\n`) +
      `${which}switch (which) {\n${cases.join('\n')}\ndefault:\nthrow values.unknownArm('${node.name}', which);\n}`;
    const writeCases = arms.map((field) => {
      const write = field.type?.kind === 'void' ? '' : `${writeStatement(model, field, `value.${field.name}`)}\n`;
      return `case '${field.name}':\nto.writeUint16(builder, ${node.unionOffset * 2}, ${field.arm});\n${write}break;`;
    });
    writeArms = `switch (value.which) {\n${writeCases.join('\n')}\ndefault:\nthrow to.unknownWhich('${node.name}', value);\n}`;
  }
  const isExported = node.isGroup || 'boxed' in node ? '' : 'export ';
  const functions =
    `${isExported}function read${node.name}(${parameters.read}: StructView): ${type} {\n${body}\n}\n\n` +
    `${isExported}function write${node.name}(${parameters.write}: Struct, ${parameters.value}: ${type}): void {\n${writes}\n${writeArms}\n}\n`;
  if (node.isGroup) return functions;
  return (
    `${functions}\n${isExported}const ${codecName(node)}: StructCodec<${type}> = { name: '${node.name}', ` +
    `dataBytes: ${node.dataBytes}, pointerCount: ${node.pointerCount}, read: read${node.name}, write: write${node.name} };\n`
  );
}

/** @type {Readonly<Partial<Record<Type['kind'], string>>>} */
const boxTypes = { bool: 'boolean', text: 'string', int64: 'bigint', uint64: 'bigint' };
const boxType = (/** @type {StructNode} */ node) => boxTypes[onlyField(node).type.kind] ?? 'number';

/** @param {Model} model @param {InterfaceNode} node */
function interfaceDescriptor(model, node) {
  const methods = node.methods.map((method) => {
    const deadline = method.deadlineMs === undefined ? '' : `deadlineMs: ${method.deadlineMs}, `;
    const [input, output] = [method.input, method.output].map((id) => codecName(nodeAt(model, id)));
    return `{ ordinal: ${method.ordinal}, name: '${method.name}', ${deadline}input: ${input}, output: ${output} },`;
  });
  return (
    `export const ${interfaceName(node)}: InterfaceDescriptor<types.${node.name}> = {\n` +
    `id: 0x${node.id.toString(16)}n,\nname: '${node.name}',\nmethods: [\n${methods.join('\n')}\n],\n};\n`
  );
}

/**
 * The module of codecs and descriptors.
 *
 * @param {Model} model
 * @param {{ header: string, typesFrom: string, runtime: string }} options
 */
export function emitCodecs(model, { header, typesFrom, runtime }) {
  const structs = model.order.filter((node) => node.kind === 'struct').map((node) => structCodec(model, node));
  const interfaces = model.order
    .filter((node) => node.kind === 'interface')
    .map((node) => interfaceDescriptor(model, node));
  const code = [...structs, ...interfaces].join('\n');
  /** @type {Array<[line: string, needed: RegExp]>} */
  const wanted = [
    [`import type { Struct } from 'capnp-ts';`, /\bStruct\b/],
    [`import { readCapability, writeCapability } from '${runtime}/capabilities';`, /\breadCapability\(/],
    [`import type { InterfaceDescriptor, StructCodec } from '${runtime}/codec';`, /InterfaceDescriptor</],
    [`import type { StructCodec } from '${runtime}/codec';`, /^(?![\s\S]*InterfaceDescriptor<)[\s\S]*StructCodec/],
    [`import * as lists from '${runtime}/list-values';`, /\blists\./],
    [`import type { StructView } from '${runtime}/message-view';`, /StructView/],
    [`import * as values from '${runtime}/read-values';`, /\bvalues\./],
    [`import * as to from '${runtime}/write-values';`, /\bto\./],
    [`import * as types from '${typesFrom}';`, /\btypes\.\w+Values\b/],
    [`import type * as types from '${typesFrom}';`, /^(?![\s\S]*\btypes\.\w+Values\b)/],
  ];
  const imports = wanted.filter(([, pattern]) => pattern.test(code)).map(([line]) => line);
  return `${header}${imports.join('\n')}\n\n${code}`;
}
