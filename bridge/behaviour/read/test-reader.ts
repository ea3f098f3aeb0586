/** Tests of one field: `{:matches "…"}`, `{:over 20}`, or a value that it must equal. */
import type { Bound, Comparison, Test } from '../condition';
import type { EdnNode } from '../edn/node';
import { nodeWords } from '../edn/node';
import type { FieldKind } from '../vocabulary/events';
import { globs, regexes } from './pattern-reader';
import { everyItem, flag, integer, oneOrMore, text, type Reader } from './reader';
import { optional, readRecord, type Fields } from './record';
import type { Scope } from './scope';

const number: Reader<number> = (node, report) =>
  node.kind === 'integer' || node.kind === 'float'
    ? node.value
    : report(node.at, `expected a number, found ${nodeWords(node)}`);

/** `:over`, `:under`, `:at-least`, `:at-most`, `:exactly`. */
export const boundFields = {
  over: optional(number),
  under: optional(number),
  atLeast: optional(number),
  atMost: optional(number),
  exactly: optional(number),
} as const satisfies Fields;

/** The given bounds, in the order of the keys. */
export function boundsOf(read: { readonly [K in keyof typeof boundFields]: number | null }): readonly Bound[] {
  const written: readonly (readonly [Comparison, number | null])[] = [
    ['over', read.over],
    ['under', read.under],
    ['at-least', read.atLeast],
    ['at-most', read.atMost],
    ['exactly', read.exactly],
  ];
  return written.flatMap(([comparison, value]) => (value === null ? [] : [{ comparison, value }]));
}

const scalar: Reader<string | number | boolean> = (node, report) => {
  switch (node.kind) {
    case 'string':
    case 'integer':
    case 'float':
    case 'boolean':
      return node.value;
    case 'keyword':
      return node.name;
    default:
      return report(node.at, `expected a string, a number, true or false, found ${nodeWords(node)}`);
  }
};

const someTexts = oneOrMore(text('a text in quotes'));

function mapTests(scope: Scope, kind: FieldKind): Reader<readonly Test[]> {
  return (node, report) => {
    const fields = {
      equals: optional(oneOrMore(scalar)),
      matches: optional(regexes(scope)),
      glob: optional(globs(scope)),
      contains: optional(someTexts),
      startsWith: optional(someTexts),
      endsWith: optional(someTexts),
      longerThan: optional(integer(0, 10_000_000)),
      exists: optional(flag),
      ...boundFields,
    };
    const read = readRecord(node, 'a test', fields, report);
    if (read === undefined) return undefined;
    const bounds = boundsOf(read);
    const tests: (Test | null)[] = [
      read.equals && { kind: 'equals', values: read.equals },
      read.matches && { kind: 'matches', patterns: read.matches },
      read.glob && { kind: 'glob', patterns: read.glob },
      read.contains && { kind: 'contains', texts: read.contains },
      read.startsWith && { kind: 'starts-with', texts: read.startsWith },
      read.endsWith && { kind: 'ends-with', texts: read.endsWith },
      read.longerThan === null ? null : { kind: 'longer-than', characters: read.longerThan },
      read.exists === null ? null : { kind: 'exists', value: read.exists },
      ...bounds.map((bound): Test => ({ kind: 'number', bound })),
    ];
    const held = tests.filter((test) => test !== null);
    if (held.length === 0) return report(node.at, 'this test is empty: write {:matches "…"}, {:contains "…"}, …');
    if (bounds.length > 0 && (kind === 'text' || kind === 'flag')) {
      return report(node.at, `this field is ${kind === 'text' ? 'a text' : 'true or false'}: it has no bounds`);
    }
    return held;
  };
}

/** The tests of a field of this kind; the field must pass all of them. */
export function testsReader(scope: Scope, kind: FieldKind): Reader<readonly Test[]> {
  return (node: EdnNode, report) => {
    if (node.kind === 'map') return mapTests(scope, kind)(node, report);
    const values = node.kind === 'vector' ? everyItem(node.items, scalar, report) : everyItem([node], scalar, report);
    if (values === undefined) return undefined;
    if (values.length === 0) return report(node.at, 'expected at least one value');
    if (kind === 'flag' && values.some((value) => typeof value !== 'boolean')) {
      return report(node.at, 'this field is true or false');
    }
    return [{ kind: 'equals', values }];
  };
}
