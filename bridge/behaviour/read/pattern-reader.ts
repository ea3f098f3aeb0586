/** Regular expressions and globs, written out or by their name in `:Patterns`. */
import { globPattern, longestGlob, type GlobPattern } from '../pattern/glob';
import { regexProblem, type RegexPattern } from '../pattern/regex';
import { quoted, suggestion } from '../source/suggest';
import type { KeywordNode } from '../edn/node';
import { everyItem, oneOrMore, text, type Reader, type Report } from './reader';
import { optional, readRecord } from './record';
import type { NamedPattern, Shared } from './scope';

/** A regular expression in quotes. */
const regexText: Reader<RegexPattern> = (node, report) => {
  const source = text('a regular expression in quotes', Number.POSITIVE_INFINITY)(node, report);
  if (source === undefined) return undefined;
  const problem = regexProblem(source);
  return problem === null ? { kind: 'regex', source } : report(node.at, problem);
};

/** A glob in quotes. */
export const globText: Reader<GlobPattern> = (node, report) => {
  const source = text('a glob in quotes', Number.POSITIVE_INFINITY)(node, report);
  if (source === undefined) return undefined;
  const pattern = globPattern(source);
  if (pattern !== null) return pattern;
  if (source.length > longestGlob) return report(node.at, `a glob has at most ${longestGlob} characters`);
  return report(node.at, `${quoted(source)} isn't a glob: a bracket isn't closed, or it is empty`);
};

function named(node: KeywordNode, kind: NamedPattern['kind'], shared: Shared, report: Report) {
  const found = shared.patterns.get(node.name);
  const known = [...shared.patterns].flatMap(([name, pattern]) => (pattern.kind === kind ? [`:${name}`] : []));
  if (found === undefined) {
    const given = known.length === 0 ? 'write it in quotes' : suggestion(`:${node.name}`, known);
    return report(node.at, `:Patterns has no :${node.name}; ${given}`);
  }
  if (found.kind === kind) return found;
  const words = { regex: 'a regular expression', globs: 'globs' };
  return report(node.at, `:${node.name} is ${words[found.kind]}; ${words[kind]} are expected here`);
}

/** One or more regular expressions, by name or written out. */
export function regexes(shared: Shared): Reader<readonly RegexPattern[]> {
  return oneOrMore((node, report) => {
    if (node.kind !== 'keyword') return regexText(node, report);
    const found = named(node, 'regex', shared, report);
    return found?.kind === 'regex' ? found : undefined;
  });
}

/** One or more globs, by name or written out. */
export function globs(shared: Shared): Reader<readonly GlobPattern[]> {
  return (node, report) => {
    const nodes = node.kind === 'vector' ? node.items : [node];
    if (nodes.length === 0) return report(node.at, 'expected at least one glob');
    const lists = everyItem<readonly GlobPattern[]>(
      nodes,
      (item, reportItem) => {
        if (item.kind !== 'keyword') {
          const one = globText(item, reportItem);
          return one === undefined ? undefined : [one];
        }
        const found = named(item, 'globs', shared, reportItem);
        return found?.kind === 'globs' ? found.patterns : undefined;
      },
      report,
    );
    return lists?.flat();
  };
}

/** One value of `:Patterns`: a string or `{:matches "…"}` is a regular expression, `{:glob …}` globs. */
export const patternDefinition: Reader<NamedPattern> = (node, report) => {
  if (node.kind === 'string') return regexText(node, report);
  const read = readRecord(
    node,
    'a pattern',
    { matches: optional(regexText), glob: optional(oneOrMore(globText)) },
    report,
  );
  if (read === undefined) return undefined;
  if (read.matches !== null && read.glob === null) return read.matches;
  if (read.glob !== null && read.matches === null) return { kind: 'globs', patterns: read.glob };
  return report(node.at, 'a pattern is a regular expression, {:matches "…"}, or globs, {:glob "…"}');
};
