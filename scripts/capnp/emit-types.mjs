// Emits a schema's TypeScript types: plain, read-only objects; `which` tells a union's members apart.
import { nodeAt, onlyField, structAt } from './nodes.mjs';
import { constantValue } from './values.mjs';

/** @typedef {import('./nodes.mjs').Model} Model */
/** @typedef {import('./nodes.mjs').Type} Type */
/** @typedef {import('./nodes.mjs').Field} Field */

/** @type {Readonly<Partial<Record<Type['kind'], string>>>} */
const scalarTypes = {
  bool: 'boolean',
  int8: 'number',
  int16: 'number',
  int32: 'number',
  int64: 'bigint',
  uint8: 'number',
  uint16: 'number',
  uint32: 'number',
  uint64: 'bigint',
  float32: 'number',
  float64: 'number',
  text: 'string',
  data: 'Uint8Array',
};

/** A boxed struct stands for its one field. @param {Model} model @param {Type} type */
export const boxedField = (model, type) => {
  const node = type.kind === 'struct' ? structAt(model, type.id) : undefined;
  return node !== undefined && 'boxed' in node ? onlyField(node) : undefined;
};

/** @param {Model} model @param {Type} type @returns {string} */
export function plainType(model, type) {
  const boxed = boxedField(model, type);
  if (boxed !== undefined) return plainType(model, boxed.type);
  if (type.kind === 'list') return `readonly ${arrayElement(plainType(model, type.element))}[]`;
  const scalar = scalarTypes[type.kind];
  if (scalar !== undefined) return scalar;
  if ('id' in type) return nodeAt(model, type.id).name;
  throw new Error(`${type.kind} has no type of its own`);
}

const arrayElement = (/** @type {string} */ text) => (text.startsWith('readonly ') ? `(${text})` : text);

/** @param {string | undefined} text a schema comment @param {string} indent */
export function jsdoc(text, indent = '') {
  const lines = (text ?? '')
    .trim()
    .split('\n')
    .map((line) => line.trim());
  if (lines.join('') === '') return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

/** @param {Model} model @param {Field} field */
const fieldType = (model, field) =>
  field.group === undefined ? plainType(model, field.type) : nodeAt(model, field.group).name;

/** @param {Model} model @param {Field} field @param {string} indent */
function member(model, field, indent) {
  const isOptional = 'optional' in field;
  const type = fieldType(model, field) + (isOptional ? ' | undefined' : '');
  return `${jsdoc(field.doc, indent)}${indent}readonly ${field.name}${isOptional ? '?' : ''}: ${type};\n`;
}

/** @param {Model} model @param {Field} field */
function armType(model, field) {
  const doc = jsdoc(field.doc);
  const which = `${doc === '' ? '' : `\n${doc}`}readonly which: '${field.name}'`;
  if (field.type?.kind === 'void') return `{ ${which} }`;
  return `{ ${which}; readonly ${field.name}: ${fieldType(model, field)} }`;
}

/** @param {Model} model @param {import('./nodes.mjs').StructNode} node */
function structType(model, node) {
  const plain = node.fields.filter((field) => field.arm === null && field.type?.kind !== 'void');
  const arms = node.fields.filter((field) => field.arm !== null);
  if ('boxed' in node) return '';
  if (plain.length === 0 && arms.length === 0)
    return `${jsdoc(node.doc)}export type ${node.name} = Readonly<Record<never, never>>;\n`;
  const body = `{\n${plain.map((field) => member(model, field, '  ')).join('')}}`;
  if (arms.length === 0) return `${jsdoc(node.doc)}export interface ${node.name} ${body}\n`;
  const union = arms.map((field) => `\n  | ${armType(model, field)}`).join('');
  const type = plain.length === 0 ? union : ` ${body} & (${union}\n)`;
  return `${jsdoc(node.doc)}export type ${node.name} =${type};\n`;
}

/** The name of the constant with an enum's values. @param {{ name: string }} node */
export const valuesName = (node) => `${node.name.charAt(0).toLowerCase()}${node.name.slice(1)}Values`;

/** @param {import('./nodes.mjs').EnumNode} node */
function enumType(node) {
  const values = node.values.map((value) => `${jsdoc(value.doc, '  ')}  '${value.name}',\n`).join('');
  return (
    `${jsdoc(node.doc)}export type ${node.name} = (typeof ${valuesName(node)})[number];\n` +
    `\n/** Every value of \`${node.name}\`, in the order of the schema. */\nexport const ${valuesName(node)} = [\n${values}] as const;\n`
  );
}

/** @param {Model} model @param {import('./nodes.mjs').InterfaceNode} node */
function interfaceType(model, node) {
  const methods = node.methods.map(
    (method) =>
      `${jsdoc(method.doc, '  ')}  readonly ${method.name}: (input: ${nodeAt(model, method.input).name}, call?: CallOptions) => ` +
      `Promise<${nodeAt(model, method.output).name}>;\n`,
  );
  return `${jsdoc(node.doc)}export interface ${node.name} {\n${methods.join('')}}\n`;
}

const literal = (/** @type {unknown} */ value) =>
  JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `bigint:${item}` : item), 2).replace(
    /"bigint:(-?\d+)"/g,
    '$1n',
  );

/** @param {Model} model @param {import('./nodes.mjs').ConstNode} node */
const constant = (model, node) =>
  `${jsdoc(node.doc)}export const ${node.name} = ${literal(constantValue(model, node.type, node.value))} as const` +
  `${['list', 'struct'].includes(node.type.kind) ? ` satisfies ${plainType(model, node.type)}` : ''};\n`;

/**
 * The module of types and constants.
 *
 * @param {Model} model
 * @param {{ header: string, callOptionsFrom: string }} options
 */
export function emitTypes(model, { header, callOptionsFrom }) {
  const parts = model.order.map((node) => {
    if (node.kind === 'struct') return structType(model, node);
    if (node.kind === 'enum') return enumType(node);
    if (node.kind === 'interface') return interfaceType(model, node);
    return constant(model, node);
  });
  const hasInterfaces = model.order.some((node) => node.kind === 'interface');
  const imports = hasInterfaces ? `import type { CallOptions } from '${callOptionsFrom}';\n\n` : '';
  return `${header}${imports}${parts.filter((part) => part !== '').join('\n')}`;
}
