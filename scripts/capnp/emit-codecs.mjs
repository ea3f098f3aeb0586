// Emits how each struct of a schema is read and written, and the descriptors of its interfaces.
import { boxedField, valuesName } from './emit-types.mjs';
import { lowerFirst } from './model.mjs';
import { readValue } from './values.mjs';

/** Sizes of scalars in a message: the schema counts offsets in these units. A bool's offset is counted in bits. */
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

const upperFirst = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const codecName = (node) => `${lowerFirst(node.name)}Codec`;
const interfaceName = (node) => `${lowerFirst(node.name)}Interface`;

function defaultText(field) {
  const value = readValue(field.byDefault);
  if (value === undefined || value === null || value === false || value === 0 || value === 0n || value === '')
    return '';
  if (value instanceof Uint8Array) return value.length === 0 ? '' : `, new Uint8Array([${[...value].join(', ')}])`;
  return `, ${typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)}`;
}

/** The description of a list's elements. */
function element(model, type) {
  if (type.kind === 'struct') return `lists.structs(${codecName(model.nodes.get(type.id))})`;
  if (type.kind === 'list') return `lists.lists(${element(model, type.element)})`;
  if (type.kind === 'enum') {
    const node = model.nodes.get(type.id);
    return `lists.enums(types.${valuesName(node)}, '${node.name}')`;
  }
  if (type.kind === 'interface' || type.kind === 'void') throw new Error(`lists of ${type.kind} aren't supported`);
  return `lists.${type.kind}s`;
}

/** How a view reads a field; for optional ones, the pointer is checked first. */
function readExpression(model, field) {
  if (field.group !== undefined) return `read${model.nodes.get(field.group).name}(view)`;
  const { kind, id } = field.type;
  const node = id === undefined ? undefined : model.nodes.get(id);
  if (sizes[kind] !== undefined) {
    const offset = field.offset * sizes[kind];
    if (kind !== 'enum') return `values.read${upperFirst(kind)}(view, ${offset}${defaultText(field)})`;
    return `values.readEnum(view, ${offset}, types.${valuesName(node)}, '${node.name}'${defaultText(field)})`;
  }
  const read = {
    text: () => `values.readText(view, ${field.offset}${defaultText(field)})`,
    data: () => `values.readData(view, ${field.offset}${defaultText(field)})`,
    list: () => `lists.readList(view, ${field.offset}, ${element(model, field.type.element)})`,
    struct: () =>
      `values.readStruct(view, ${field.offset}, read${node.name})` +
      (boxedField(model, field.type) === undefined ? '' : `.${node.fields[0].name}`),
    interface: () => `readCapability(view, ${field.offset}, ${interfaceName(node)})`,
  }[kind]();
  return 'optional' in field ? `values.hasPointer(view, ${field.offset}) ? ${read} : undefined` : read;
}

function writeStatement(model, field, access) {
  if (field.group !== undefined) return `write${model.nodes.get(field.group).name}(builder, ${access});`;
  const { kind, id } = field.type;
  const node = id === undefined ? undefined : model.nodes.get(id);
  if (sizes[kind] !== undefined) {
    const offset = field.offset * sizes[kind];
    if (kind !== 'enum') return `to.write${upperFirst(kind)}(builder, ${offset}, ${access}${defaultText(field)});`;
    const names = `types.${valuesName(node)}, '${node.name}'`;
    return `to.writeEnum(builder, ${offset}, ${access}, ${names}${defaultText(field)});`;
  }
  const write = {
    text: () => `to.writeText(builder, ${field.offset}, ${access});`,
    data: () => `to.writeData(builder, ${field.offset}, ${access});`,
    list: () => `lists.writeList(builder, ${field.offset}, ${element(model, field.type.element)}, ${access});`,
    struct: () =>
      `to.writeStruct(builder, ${field.offset}, ${codecName(node)}, ` +
      (boxedField(model, field.type) === undefined ? `${access});` : `{ ${node.fields[0].name}: ${access} });`),
    interface: () => `writeCapability(builder, ${field.offset}, ${interfaceName(node)}, ${access});`,
  }[kind]();
  return 'optional' in field ? `if (${access} !== undefined) ${write}` : write;
}

function refusePointerDefaults(node) {
  for (const field of node.fields) {
    if (!field.hasDefault || !['list', 'struct'].includes(field.type.kind)) continue;
    throw new Error(`${node.name}.${field.name}: defaults of structs and lists aren't supported`);
  }
}

function structCodec(model, node) {
  refusePointerDefaults(node);
  const type = 'boxed' in node ? `{ readonly ${node.fields[0].name}: ${boxType(node)} }` : `types.${node.name}`;
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

const boxTypes = { bool: 'boolean', text: 'string', int64: 'bigint', uint64: 'bigint' };
const boxType = (node) => boxTypes[node.fields[0].type.kind] ?? 'number';

function interfaceDescriptor(model, node) {
  const methods = node.methods.map((method) => {
    const deadline = method.deadlineMs === undefined ? '' : `deadlineMs: ${method.deadlineMs}, `;
    const [input, output] = [method.input, method.output].map((id) => codecName(model.nodes.get(id)));
    return `{ ordinal: ${method.ordinal}, name: '${method.name}', ${deadline}input: ${input}, output: ${output} },`;
  });
  return (
    `export const ${interfaceName(node)}: InterfaceDescriptor<types.${node.name}> = {\n` +
    `id: 0x${node.id.toString(16)}n,\nname: '${node.name}',\nmethods: [\n${methods.join('\n')}\n],\n};\n`
  );
}

/** @returns {string} the module of codecs and descriptors */
export function emitCodecs(model, { header, typesFrom, runtime }) {
  const structs = model.order.filter((node) => node.kind === 'struct').map((node) => structCodec(model, node));
  const interfaces = model.order
    .filter((node) => node.kind === 'interface')
    .map((node) => interfaceDescriptor(model, node));
  const code = [...structs, ...interfaces].join('\n');
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
