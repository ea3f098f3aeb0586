/** Readers of EDN values: each reports what it doesn't understand and returns `undefined` for it. */
import type { EdnNode, MapNode } from '../edn/node';
import { nodeWords } from '../edn/node';
import type { Place, Problem } from '../source/problem';
import { quoted, suggestion } from '../source/suggest';

/** Notes a problem and returns `undefined`, so that a reader can return it. */
export type Report = (at: Place, message: string) => undefined;

export type Reader<T> = (node: EdnNode, report: Report) => T | undefined;

/** Maximum number of problems reported for one behaviour; the rest usually follows from them. */
const mostProblems = 100;

/** A report that fills a list. */
export function reportInto(problems: Problem[]): Report {
  return (at, message) => {
    if (problems.length < mostProblems) problems.push({ file: at.file, line: at.line, column: at.column, message });
    return undefined;
  };
}

const expected = (what: string, node: EdnNode): string => `expected ${what}, found ${nodeWords(node)}`;

/** A string with a length within bounds. */
export function text(what = 'a string', most = 4096): Reader<string> {
  return (node, report) => {
    if (node.kind !== 'string') return report(node.at, expected(what, node));
    if (node.value.length > most) return report(node.at, `${what} has at most ${most} characters`);
    return node.value;
  };
}

/** A string that is a name: letters, digits, `_`, `-` and `.`. */
export const nameText: Reader<string> = (node, report) => {
  const value = text('a name in quotes', 64)(node, report);
  if (value === undefined || /^[A-Za-z0-9][\w.-]*$/.test(value)) return value;
  return report(node.at, `${quoted(value)} isn't a name: use letters, digits, "_", "-" and "."`);
};

export const flag: Reader<boolean> = (node, report) =>
  node.kind === 'boolean' ? node.value : report(node.at, expected('true or false', node));

/** A whole number within bounds, inclusive. */
export function integer(least: number, most: number, what = 'a whole number'): Reader<number> {
  return (node, report) => {
    if (node.kind !== 'integer') return report(node.at, expected(what, node));
    if (node.value >= least && node.value <= most) return node.value;
    return report(node.at, `expected ${what} from ${least} to ${most}, found ${node.value}`);
  };
}

/** A duration in milliseconds. */
export const milliseconds = (most: number): Reader<number> => integer(1, most, 'milliseconds');

/** One of a closed set of keywords. */
export function keyword<T extends string>(words: readonly T[]): Reader<T> {
  const listed = words.map((word) => `:${word}`);
  return (node, report) => {
    if (node.kind !== 'keyword') return report(node.at, expected(`one of ${listed.join(' ')}`, node));
    const found = words.find((word) => word === node.name);
    return found ?? report(node.at, `there is no :${node.name} here; ${suggestion(`:${node.name}`, listed)}`);
  };
}

/** If one item can't be read, the whole can't. */
export function everyItem<T>(nodes: readonly EdnNode[], read: Reader<T>, report: Report): readonly T[] | undefined {
  const values = nodes.map((node) => read(node, report));
  const held = values.filter((value) => value !== undefined);
  return held.length === values.length ? held : undefined;
}

/** A vector. */
export function vector<T>(
  read: Reader<T>,
  { least = 0, most = 1000, what = 'a vector [ … ]' } = {},
): Reader<readonly T[]> {
  return (node, report) => {
    if (node.kind !== 'vector') return report(node.at, expected(what, node));
    if (node.items.length < least) return report(node.at, `${what} needs at least ${least}`);
    if (node.items.length > most) return report(node.at, `at most ${most} items are allowed here`);
    return everyItem(node.items, read, report);
  };
}

/** One value, or a vector of at least one. */
export function oneOrMore<T>(read: Reader<T>): Reader<readonly T[]> {
  return (node, report) => {
    if (node.kind === 'vector') return vector(read, { least: 1 })(node, report);
    const value = read(node, report);
    return value === undefined ? undefined : [value];
  };
}

/** The map itself; reports anything else. */
export function asMap(node: EdnNode, what: string, report: Report): MapNode | undefined {
  return node.kind === 'map' ? node : report(node.at, expected(what, node));
}
