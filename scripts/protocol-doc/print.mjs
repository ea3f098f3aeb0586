// Prints zod schemas as TypeScript types with their comments and bounds.

/** @typedef {import('zod').ZodType} Schema */
/**
 * What a schema is made of, for the kinds that the contract has.
 *
 * @typedef {{ type: 'number' | 'string' | 'boolean' | 'unknown' }
 *   | { type: 'literal', values: unknown[] }
 *   | { type: 'enum', entries: Record<string, string | number> }
 *   | { type: 'optional' | 'nullable', innerType: Schema }
 *   | { type: 'array', element: Schema }
 *   | { type: 'record', valueType: Schema }
 *   | { type: 'union', options: Schema[] }
 *   | { type: 'object', shape: Record<string, Schema>, catchall?: Schema }} Definition
 */
/** @typedef {{ note: string, line: string }} Field */

const capital = (/** @type {string} */ name) => name.charAt(0).toUpperCase() + name.slice(1);

/** @param {Schema} schema */
const define = (schema) => /** @type {Definition} */ (/** @type {unknown} */ (schema._zod.def));

/** The schema inside `optional` and `nullable`. @param {Schema} schema @returns {Schema} */
const inner = (schema) => {
  const def = define(schema);
  return def.type === 'optional' || def.type === 'nullable' ? inner(def.innerType) : schema;
};

const isInteger = (/** @type {Schema} */ schema) =>
  define(schema).type === 'number' && schema.toJSONSchema().type === 'integer';

/** The limits of a value, in words. @param {Schema} schema */
const bounds = (schema) => {
  if (!['string', 'number', 'array'].includes(define(schema).type)) return [];
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, exclusiveMinimum } = schema.toJSONSchema();
  const { format } = new Intl.NumberFormat('en-GB');
  /** @type {(value: unknown) => value is number} */
  const isBounded = (value) => typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return [
    ...(minLength === 1 && maxLength === undefined ? ['not empty'] : []),
    ...(isBounded(maxLength) ? [`${minLength ?? 0} to ${format(maxLength)} characters`] : []),
    ...(isBounded(maxItems) ? [`${minItems ?? 0} to ${format(maxItems)}`] : []),
    ...(isBounded(minimum) ? [`at least ${format(minimum)}`] : []),
    ...(isBounded(exclusiveMinimum) ? [`more than ${format(exclusiveMinimum)}`] : []),
    ...(isBounded(maximum) ? [`at most ${format(maximum)}`] : []),
  ];
};

/** Comment and limits as one note. @param {string | undefined} comment @param {readonly string[]} more */
const noteFrom = (comment, more) =>
  [...(comment === undefined ? [] : [more.length > 0 ? comment.replace(/\.$/, '') : comment]), ...more].join('; ');

/** A field, with its note after it where the line has room, otherwise above. @param {Field} field @param {string} indent */
const fieldLines = ({ note, line }, indent) => {
  if (note === '') return `${indent}${line};\n`;
  const single = `${indent}${line}; // ${note}\n`;
  return !line.includes('\n') && single.length <= 110 ? single : `${indent}// ${note}\n${indent}${line};\n`;
};

/** @param {{ named: Map<Schema, string>, comments: Map<string, string> }} contract */
export function createPrinter({ named, comments }) {
  /** @type {(schema: Schema, path: string, indent: string, isTop?: boolean) => string} */
  const type = (schema, path, indent, isTop = false) => {
    const name = named.get(schema);
    if (name !== undefined && !isTop) return capital(name);
    const def = define(schema);
    switch (def.type) {
      case 'number':
        return isInteger(schema) ? 'integer' : 'number';
      case 'string':
      case 'boolean':
      case 'unknown':
        return def.type;
      case 'literal':
        return def.values.map((value) => JSON.stringify(value)).join(' | ');
      case 'enum':
        return Object.values(def.entries)
          .map((value) => JSON.stringify(value))
          .join(' | ');
      case 'optional':
        return type(def.innerType, path, indent);
      case 'nullable':
        return `${type(def.innerType, path, indent)} | null`;
      case 'array':
        return `Array<${type(def.element, path, indent)}>`;
      case 'record':
        return `Record<string, ${type(def.valueType, path, indent)}>`;
      case 'union':
        return def.options.map((option) => `\n${indent}  | ${type(option, path, `${indent}    `)}`).join('');
      case 'object':
        return object(def, path, indent);
      default:
        throw new Error(`a zod ${schema._zod.def.type} can't be printed; add it to scripts/protocol-doc/print.mjs`);
    }
  };

  /**
   * On one line when no field needs a note and there is room.
   *
   * @type {(def: Extract<Definition, { type: 'object' }>, path: string, indent: string) => string}
   */
  const object = ({ shape, catchall }, path, indent) => {
    const fields = Object.entries(shape);
    const kind = fields.map(([, field]) => define(field)).find((def) => def.type === 'literal')?.values[0];
    const at = typeof kind === 'string' ? `${path}.${kind}` : path;
    /** @type {Field[]} */
    const printed = fields.map(([name, field]) => {
      const mark = define(field).type === 'optional' ? '?' : '';
      const below = inner(field);
      return {
        note: noteFrom(comments.get(`${at}.${name}`), named.has(below) ? [] : bounds(below)),
        line: `${name}${mark}: ${type(field, `${at}.${name}`, `${indent}  `)}`,
      };
    });
    if (catchall && define(catchall).type === 'unknown') printed.push({ note: '', line: '[more: string]: unknown' });
    const single = printed.length === 0 ? '{}' : `{ ${printed.map(({ line }) => line).join('; ')} }`;
    const isShort = !single.includes('\n') && single.length + indent.length <= 100;
    if (isShort && printed.every(({ note }) => note === '')) return single;
    return `{\n${printed.map((field) => fieldLines(field, `${indent}  `)).join('')}${indent}}`;
  };

  return {
    /** `type Name = …` with its comment. @param {string} name @param {Schema} schema */
    declaration: (name, schema) => {
      const note = noteFrom(comments.get(name), bounds(schema));
      const text = type(schema, name, '', true);
      return `${note === '' ? '' : `// ${note}\n`}type ${capital(name)} =${text.startsWith('\n') ? '' : ' '}${text};`;
    },
    /** One shape of a command or event. @param {Schema} schema @param {string} path */
    shape: (schema, path) => type(schema, path, ''),
    /** The names of an object's fields, as the overview shows them. @param {Schema} schema */
    fields: (schema) => {
      const def = define(schema);
      if (named.has(schema) || def.type !== 'object') return `\`${type(schema, '', '')}\``;
      const names = Object.entries(def.shape).map(
        ([name, field]) => `\`${name}${define(field).type === 'optional' ? '?' : ''}\``,
      );
      return names.join(' ') || '–';
    },
  };
}
