/** `:Tools`, `:Commands`, `:Shortcuts`: what is called by name, with its entry in the manifest. */
import type { Action, JsonValue } from '../action';
import type { EdnNode } from '../edn/node';
import type { CommandEntry, ShortcutEntry, ToolEntry } from '../manifest';
import { quoted } from '../source/suggest';
import type { Routine } from '../table';
import { actionReader, asksSomething } from './action-reader';
import { flag, keyword, nameText, oneOrMore, text, vector, type Reader, type Report } from './reader';
import { optional, readRecord, record, required, withDefault } from './record';
import { scopeAt, type Scope, type Shared } from './scope';
import { dataKey, plainData } from './template-reader';

/** A routine and its entry in the manifest. */
export interface Defined<E> {
  readonly routine: Routine;
  readonly entry: E;
}

const description = text('a description in quotes', 4000);

/** In this order, because the second can use what the first provides. */
const actionFields = (scope: Scope) => ({ do: required(actionReader(scope)), else: optional(actionReader(scope)) });

function routineOf(
  name: string,
  node: EdnNode,
  action: Action,
  otherwise: Action | null,
  report: Report,
): Routine | undefined {
  if (otherwise !== null && !asksSomething(action)) {
    return report(otherwise.at, ':else runs when a question is answered no, but no question is asked here');
  }
  return { name, at: node.at, action, otherwise };
}

const parameter = record('a parameter', {
  type: withDefault(keyword(['string', 'number', 'integer', 'boolean', 'array']), 'string' as const),
  description: withDefault(description, ''),
  optional: withDefault(flag, false),
  enum: optional(oneOrMore(text('a value in quotes'))),
  default: optional(plainData),
});

/** `{:path {:type :string}}` → JSON Schema of an object with that property. */
const parameters: Reader<JsonValue> = (node, report) => {
  if (node.kind !== 'map') return report(node.at, 'expected a map of parameters: {:path {:type :string}}');
  const properties: Record<string, JsonValue> = {};
  const names: string[] = [];
  for (const { key, value } of node.entries) {
    const name = dataKey(key, report);
    const read = parameter(value, report);
    if (name === undefined || read === undefined) return undefined;
    properties[name] = {
      type: read.type,
      ...(read.description === '' ? {} : { description: read.description }),
      ...(read.enum === null ? {} : { enum: read.enum }),
      ...(read.default === null ? {} : { default: read.default }),
    };
    if (!read.optional) names.push(name);
  }
  return { type: 'object', properties, required: names, additionalProperties: false };
};

/** A tool for the model. */
export function toolReader(shared: Shared): Reader<Defined<ToolEntry>> {
  return (node, report) => {
    const fields = {
      name: required(nameText),
      label: withDefault(text('a label in quotes', 100), ''),
      description: required(description),
      prompt: withDefault(text('a line for the system prompt', 1000), ''),
      guidelines: withDefault(vector(text('a guideline in quotes', 1000), { most: 20 }), []),
      parameters: withDefault<JsonValue>(parameters, { type: 'object', properties: {}, additionalProperties: false }),
      readOnly: withDefault(flag, false),
      destructive: withDefault(flag, false),
      alone: withDefault(flag, false),
      ...actionFields(scopeAt(shared, { kind: 'tool' })),
    };
    const read = readRecord(node, 'a tool', fields, report);
    if (read === undefined) return undefined;
    const routine = routineOf(read.name, node, read.do, read.else, report);
    if (routine === undefined) return undefined;
    const entry: ToolEntry = {
      name: read.name,
      label: read.label === '' ? read.name : read.label,
      description: read.description,
      promptSnippet: read.prompt,
      promptGuidelines: read.guidelines,
      parameters: read.parameters,
      isReadOnly: read.readOnly,
      isDestructive: read.destructive,
      runsAlone: read.alone,
    };
    return { routine, entry };
  };
}

/** A command that a person types after `/`. */
export function commandReaderOf(shared: Shared): Reader<Defined<CommandEntry>> {
  return (node, report) => {
    const fields = {
      name: required(nameText),
      description: withDefault(description, ''),
      complete: withDefault(vector(text('a word in quotes', 200), { most: 200 }), []),
      ...actionFields(scopeAt(shared, { kind: 'command' })),
    };
    const read = readRecord(node, 'a command', fields, report);
    if (read === undefined) return undefined;
    const routine = routineOf(read.name, node, read.do, read.else, report);
    if (routine === undefined) return undefined;
    return { routine, entry: { name: read.name, description: read.description, completions: read.complete } };
  };
}

const keyText: Reader<string> = (node, report) => {
  const value = text('a key such as "ctrl+g"', 40)(node, report);
  if (value === undefined || /^((ctrl|alt|shift|super)\+)*[a-z0-9]+$/.test(value)) return value;
  return report(node.at, `${quoted(value)} isn't a key; write it as "ctrl+shift+g"`);
};

/** A key that a person presses. */
export function shortcutReader(shared: Shared): Reader<Defined<ShortcutEntry>> {
  return (node, report) => {
    const fields = {
      key: required(keyText),
      description: withDefault(description, ''),
      ...actionFields(scopeAt(shared, { kind: 'shortcut' })),
    };
    const read = readRecord(node, 'a shortcut', fields, report);
    if (read === undefined) return undefined;
    const routine = routineOf(read.key, node, read.do, read.else, report);
    if (routine === undefined) return undefined;
    return { routine, entry: { key: read.key, description: read.description } };
  };
}
