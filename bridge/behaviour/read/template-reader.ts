/** Strings with fields, checked against the existing fields. */
import type { JsonValue, TemplateValue } from '../action';
import type { EdnNode } from '../edn/node';
import { quoted, suggestion } from '../source/suggest';
import { parseTemplate, type Template } from '../template';
import { everyItem, text, type Reader, type Report } from './reader';
import { fieldKind, fieldNames, type Scope } from './scope';

/** Maximum length of a text in characters. */
const longestText = 16_384;

/** A string that is a template of this scope. */
export function templateReader(scope: Scope): Reader<Template> {
  return (node, report) => {
    const value = text('a text in quotes', longestText)(node, report);
    if (value === undefined) return undefined;
    const template = parseTemplate(value);
    if ('problem' in template) return report(node.at, template.problem);
    let isWell = true;
    for (const segment of template.segments) {
      if (typeof segment === 'string' || fieldKind(scope, segment.field) !== null) continue;
      isWell = false;
      const given = suggestion(segment.field, fieldNames(scope));
      report(node.at, `there is no field {${segment.field}} here; ${given}; "{{" writes a brace`);
    }
    return isWell ? template : undefined;
  };
}

/** A shell command: filled-in values are quoted for the shell, so the text may not have quotes around a field. */
export function commandReader(scope: Scope): Reader<Template> {
  return (node, report) => {
    const template = templateReader(scope)(node, report);
    if (template === undefined) return undefined;
    let before = '';
    for (const segment of template.segments) {
      if (typeof segment === 'string') before += segment;
      else if (isInsideQuotes(before)) {
        return report(node.at, `{${segment.field}} is already quoted for the shell: remove the quotes around it`);
      }
    }
    return template;
  };
}

function isInsideQuotes(shellText: string): boolean {
  let open = '';
  for (let index = 0; index < shellText.length; index += 1) {
    const character = shellText.charAt(index);
    if (open !== "'" && character === '\\') index += 1;
    else if (open === '' && (character === '"' || character === "'")) open = character;
    else if (character === open) open = '';
  }
  return open !== '';
}

/** The key of a map of data: the text of a keyword or a string. */
export function dataKey(node: EdnNode, report: Report): string | undefined {
  if (node.kind === 'keyword') return node.name;
  if (node.kind === 'string') return node.value;
  return report(node.at, 'expected a keyword or a string as a key');
}

/** Data of any depth whose strings are templates. */
export function templateValueReader(scope: Scope): Reader<TemplateValue> {
  const read: Reader<TemplateValue> = (node, report) => {
    switch (node.kind) {
      case 'nil':
        return { constant: null };
      case 'boolean':
      case 'integer':
      case 'float':
        return { constant: node.value };
      case 'string': {
        const template = templateReader(scope)(node, report);
        return template === undefined ? undefined : { template };
      }
      case 'vector': {
        const items = everyItem(node.items, read, report);
        return items === undefined ? undefined : { items };
      }
      case 'map': {
        const fields = templateFieldsReader(scope)(node, report);
        return fields === undefined ? undefined : { fields };
      }
      default:
        return report(node.at, `expected data, found ${quoted(node.kind)}`);
    }
  };
  return read;
}

/** A map of such data, by key. */
export function templateFieldsReader(scope: Scope): Reader<Readonly<Record<string, TemplateValue>>> {
  return (node, report) => {
    if (node.kind !== 'map') return report(node.at, 'expected a map { … }');
    const entries = everyItem(
      node.entries.map(({ key }) => key),
      (key, reportKey) => {
        const name = dataKey(key, reportKey);
        const value = node.entries.find((entry) => entry.key === key)?.value;
        const read = value === undefined ? undefined : templateValueReader(scope)(value, reportKey);
        return name === undefined || read === undefined ? undefined : ([name, read] as const);
      },
      report,
    );
    return entries === undefined ? undefined : Object.fromEntries(entries);
  };
}

/** Plain data; keywords become their names. */
export const plainData: Reader<JsonValue> = (node, report) => {
  switch (node.kind) {
    case 'nil':
      return null;
    case 'boolean':
    case 'integer':
    case 'float':
    case 'string':
      return node.value;
    case 'keyword':
      return node.name;
    case 'vector':
      return everyItem(node.items, plainData, report);
    case 'map': {
      const fields: Record<string, JsonValue> = {};
      for (const { key, value } of node.entries) {
        const name = dataKey(key, report);
        const read = plainData(value, report);
        if (name === undefined || read === undefined) return undefined;
        fields[name] = read;
      }
      return fields;
    }
    default:
      return report(node.at, 'expected data: no lists and no symbols');
  }
};
