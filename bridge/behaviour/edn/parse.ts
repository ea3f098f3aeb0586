/** Forms → values: drops comments and discards, pairs map entries, and refuses duplicate keys. */
import type { Place, Position } from '../source/problem';
import { quoted } from '../source/suggest';
import type { Form } from './form';
import type { EdnNode, MapEntry } from './node';
import { parseForms } from './parse-forms';
import { fail, type Source } from './source';

const integerShape = /^[+-]?(0|[1-9]\d*)$/;
const floatShape = /^[+-]?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
/** The other pattern knows the letters of all languages, and takes long to set up. */
const asciiNameShape = /^[A-Za-z*+!_?$%&=<>.-][A-Za-z0-9*+!_?$%&=<>.:'|-]*$/;
const nameShape = /^[\p{L}*+!_?$%&=<>.-][\p{L}\p{N}*+!_?$%&=<>.:'|-]*$/u;

function atomNode(source: Source, at: Place, text: string): EdnNode {
  if (text === 'nil') return { kind: 'nil', at };
  if (text === 'true' || text === 'false') return { kind: 'boolean', at, value: text === 'true' };
  if (/^[+-]?\d/.test(text)) return numberNode(source, at, text);
  if (text.includes('/')) fail(source, at, `${quoted(text)}: namespaces aren't part of this language`);
  const isKeyword = text.startsWith(':');
  const name = isKeyword ? text.slice(1) : text;
  if (!asciiNameShape.test(name) && !nameShape.test(name))
    fail(source, at, `${quoted(text)} isn't a ${isKeyword ? 'keyword' : 'symbol'}`);
  return isKeyword ? { kind: 'keyword', at, name } : { kind: 'symbol', at, name };
}

function numberNode(source: Source, at: Place, text: string): EdnNode {
  const isInteger = integerShape.test(text);
  if (!isInteger && !floatShape.test(text)) fail(source, at, `${quoted(text)} isn't a number`);
  const value = Number(text);
  const isHeld = isInteger ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!isHeld) fail(source, at, `${quoted(text)} is too large`);
  return { kind: isInteger ? 'integer' : 'float', at, value };
}

/** Equal keys have equal texts, wherever they are. */
function keyText(node: EdnNode): string {
  switch (node.kind) {
    case 'list':
    case 'vector':
      return `${node.kind}(${node.items.map(keyText).join(' ')})`;
    case 'map':
      return `map(${node.entries.map(({ key, value }) => `${keyText(key)} ${keyText(value)}`).join(' ')})`;
    case 'nil':
      return 'nil';
    case 'keyword':
    case 'symbol':
      return `${node.kind} ${node.name}`;
    default:
      return `${node.kind} ${JSON.stringify(node.value)}`;
  }
}

function mapEntries(source: Source, at: Position, items: readonly EdnNode[]): readonly MapEntry[] {
  const entries: MapEntry[] = [];
  const seen = new Map<string, Position>();
  for (let index = 0; index < items.length; index += 2) {
    const key = items[index];
    const value = items[index + 1];
    if (key === undefined) break;
    if (value === undefined) fail(source, key.at, 'this key has no value: in a map, a value follows each key');
    const text = keyText(key);
    const first = seen.get(text);
    if (first !== undefined) fail(source, key.at, `this key appears twice in the map, first in line ${first.line}`);
    seen.set(text, key.at);
    entries.push({ key, value });
  }
  return entries;
}

function formNode(source: Source, form: Form): EdnNode | null {
  const at: Place = { file: source.file, ...form.at };
  switch (form.kind) {
    case 'comment':
    case 'discard':
      return null;
    case 'string':
      return { kind: 'string', at, value: form.value };
    case 'atom':
      return atomNode(source, at, form.text);
    case 'list':
    case 'vector':
    case 'map': {
      const items = form.items.flatMap((item) => formNode(source, item) ?? []);
      if (form.kind === 'map') return { kind: 'map', at, entries: mapEntries(source, form.at, items) };
      return { kind: form.kind, at, items };
    }
  }
}

/**
 * Reads the one value in a file.
 *
 * @throws BehaviourError with one problem, and nothing else
 */
export function parseEdn(source: Source): EdnNode {
  const [node, more] = parseForms(source).flatMap((form) => formNode(source, form) ?? []);
  if (node === undefined) fail(source, { line: 1, column: 1 }, 'the file is empty: expected a map, { … }');
  if (more !== undefined) fail(source, more.at, 'the file already has its value: remove everything after it');
  return node;
}
