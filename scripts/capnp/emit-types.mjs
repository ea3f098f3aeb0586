// Emits a schema's TypeScript types: plain, read-only objects; `which` tells a union's members apart.
import { constantValue } from './values.mjs';

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

/** A boxed struct stands for its one field. */
export const boxedField = (model, type) => {
  const node = type.kind === 'struct' ? model.nodes.get(type.id) : undefined;
  if (node === undefined || !('boxed' in node)) return undefined;
  if (node.fields.length !== 1) throw new Error(`${node.name}: a boxed struct must have one field`);
  return node.fields[0];
};

export function plainType(model, type) {
  const boxed = boxedField(model, type);
  if (boxed !== undefined) return plainType(model, boxed.type);
  if (type.kind === 'list') return `readonly ${arrayElement(plainType(model, type.element))}[]`;
  return scalarTypes[type.kind] ?? model.nodes.get(type.id).name;
}

const arrayElement = (text) => (text.startsWith('readonly ') ? `(${text})` : text);

/** @param {string} text a schema comment @param {string} indent */
export function jsdoc(text, indent = '') {
  const lines = (text ?? '')
    .trim()
    .split('\n')
    .map((line) => line.trim());
  if (lines.join('') === '') return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

const fieldType = (model, field) =>
  field.group === undefined ? plainType(model, field.type) : model.nodes.get(field.group).name;

function member(model, field, indent) {
  const isOptional = 'optional' in field;
  const type = fieldType(model, field) + (isOptional ? ' | undefined' : '');
  return `${jsdoc(field.doc, indent)}${indent}readonly ${field.name}${isOptional ? '?' : ''}: ${type};\n`;
}

function armType(model, field) {
  const doc = jsdoc(field.doc);
  const which = `${doc === '' ? '' : `\n${doc}`}readonly which: '${field.name}'`;
  if (field.type?.kind === 'void') return `{ ${which} }`;
  return `{ ${which}; readonly ${field.name}: ${fieldType(model, field)} }`;
}

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

const valuesName = (node) => `${node.name.charAt(0).toLowerCase()}${node.name.slice(1)}Values`;

function enumType(node) {
  const values = node.values.map((value) => `${jsdoc(value.doc, '  ')}  '${value.name}',\n`).join('');
  return (
    `${jsdoc(node.doc)}export type ${node.name} = (typeof ${valuesName(node)})[number];\n` +
    `\n/** Every value of \`${node.name}\`, in the order of the schema. */\nexport const ${valuesName(node)} = [\n${values}] as const;\n`
  );
}

function interfaceType(model, node) {
  const methods = node.methods.map(
    (method) =>
      `${jsdoc(method.doc, '  ')}  readonly ${method.name}: (input: ${model.nodes.get(method.input).name}, call?: CallOptions) => ` +
      `Promise<${model.nodes.get(method.output).name}>;\n`,
  );
  return `${jsdoc(node.doc)}export interface ${node.name} {\n${methods.join('')}}\n`;
}

const literal = (value) =>
  JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `bigint:${item}` : item), 2).replace(
    /"bigint:(-?\d+)"/g,
    '$1n',
  );

const constant = (model, node) =>
  `${jsdoc(node.doc)}export const ${node.name} = ${literal(constantValue(model, node.type, node.value))} as const` +
  `${['list', 'struct'].includes(node.type.kind) ? ` satisfies ${plainType(model, node.type)}` : ''};\n`;

/** @returns {string} the module of types and constants */
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

export { valuesName };
