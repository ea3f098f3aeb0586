/** `:when`: a map in which every entry must match, or `(and …)`, `(or …)`, `(not …)` of maps. */
import { flagFacts, namedFolders, type Condition, type FlagFact, type FolderRef, type PathTest } from '../condition';
import { nodeWords, type EdnNode, type ListNode, type MapEntry } from '../edn/node';
import { globPattern } from '../pattern/glob';
import { quoted, suggestion } from '../source/suggest';
import { actKinds } from '../vocabulary/acts';
import { counterNames, countScopes } from '../vocabulary/counters';
import { globs } from './pattern-reader';
import { everyItem, flag, keyword, oneOrMore, text, type Reader, type Report } from './reader';
import { optional, readRecord, required, withDefault } from './record';
import { fieldKind, fieldNames, type Scope } from './scope';
import { boundFields, boundsOf, testsReader } from './test-reader';

const folder: Reader<FolderRef> = (node, report) => {
  if (node.kind === 'string') {
    if (node.value.startsWith('/') && !node.value.includes('/..')) return { path: node.value };
    return report(node.at, 'expected an absolute path without ".."');
  }
  const named = keyword(namedFolders)(node, report);
  return named === undefined ? undefined : { named };
};

const pathFields = (scope: Scope) => ({
  inside: optional(oneOrMore(folder)),
  outside: optional(oneOrMore(folder)),
  glob: optional(globs(scope)),
});

function pathTests(read: {
  readonly inside: readonly FolderRef[] | null;
  readonly outside: readonly FolderRef[] | null;
  readonly glob: Extract<PathTest, { kind: 'glob' }>['patterns'] | null;
}): readonly PathTest[] {
  const tests: PathTest[] = [];
  if (read.inside !== null) tests.push({ kind: 'inside', folders: read.inside });
  if (read.outside !== null) tests.push({ kind: 'outside', folders: read.outside });
  if (read.glob !== null) tests.push({ kind: 'glob', patterns: read.glob });
  return tests;
}

/** Names of tools; `*` matches anything. */
export const toolNames = oneOrMore((node, report) => {
  const name = text("a tool's name in quotes", 128)(node, report);
  if (name === undefined) return undefined;
  const pattern = /^[\w*.:-]+$/.test(name) ? globPattern(name) : null;
  return pattern ?? report(node.at, `${quoted(name)} isn't a tool's name`);
});

/** Conditions that test more than one field of the event. */
const special: Readonly<Record<string, (scope: Scope) => Reader<Condition>>> = {
  tool: () => (node, report) => {
    const names = toolNames(node, report);
    return names === undefined ? undefined : { kind: 'tool', at: node.at, names };
  },
  path: (scope) => (node, report) => {
    const read = readRecord(node, ':path', pathFields(scope), report);
    if (read === undefined) return undefined;
    const tests = pathTests(read);
    if (tests.length === 0) return report(node.at, ':path is empty: write {:inside …}, {:outside …} or {:glob …}');
    return { kind: 'path', at: node.at, tests };
  },
  acts: (scope) => (node, report) => {
    const fields = { any: withDefault(oneOrMore(keyword(actKinds)), []), ...pathFields(scope), ...boundFields };
    const read = readRecord(node, ':acts', fields, report);
    if (read === undefined) return undefined;
    const [bound = null, another] = boundsOf(read);
    if (another !== undefined) return report(node.at, ':acts takes one bound, such as :over 10');
    return { kind: 'acts', at: node.at, test: { kinds: read.any, paths: pathTests(read), bound } };
  },
  count: () => (node, report) => {
    const fields = {
      of: required(keyword(counterNames)),
      per: withDefault(keyword(countScopes), 'turn' as const),
      tool: optional(text("a tool's name in quotes", 128)),
      ...boundFields,
    };
    const read = readRecord(node, ':count', fields, report);
    if (read === undefined) return undefined;
    const [bound, another] = boundsOf(read);
    if (bound === undefined || another !== undefined)
      return report(node.at, ':count needs one bound, such as :over 20');
    if (read.tool !== null && read.of !== 'tool-calls') return report(node.at, ':tool only goes with :of :tool-calls');
    return { kind: 'count', at: node.at, of: read.of, per: read.per, tool: read.tool, bound };
  },
};

const isFlagFact = (name: string): name is FlagFact => flagFacts.some((fact) => fact === name);

/** Conditions on facts that only tool calls have. */
function isAvailable(scope: Scope, name: string): boolean {
  if (name === 'count') return true;
  if (name === 'tool') return scope.fields.has('tool');
  if (name === 'path') return scope.fields.get('input') === 'json';
  if (name === 'acts' || isFlagFact(name)) return scope.fields.has('acts.total');
  return false;
}

function entryCondition(scope: Scope, { key, value }: MapEntry, report: Report): Condition | undefined {
  if (key.kind !== 'keyword') return report(key.at, `expected a keyword such as :tool, found ${nodeWords(key)}`);
  const { name } = key;
  if (isAvailable(scope, name)) {
    if (isFlagFact(name)) {
      const wanted = flag(value, report);
      return wanted === undefined ? undefined : { kind: 'fact', at: key.at, fact: name, value: wanted };
    }
    const condition = special[name]?.(scope)(value, report);
    return condition === undefined ? undefined : { ...condition, at: key.at };
  }
  const kind = fieldKind(scope, name);
  if (kind === null) {
    const known = [
      ...fieldNames(scope),
      ...[...Object.keys(special), ...flagFacts].filter((word) => isAvailable(scope, word)),
    ];
    const words = [...new Set(known)].map((word) => `:${word}`);
    return report(key.at, `there is no :${name} to test here; ${suggestion(`:${name}`, words)}`);
  }
  const tests = testsReader(scope, kind)(value, report);
  return tests === undefined ? undefined : { kind: 'field', at: key.at, field: name, tests };
}

function listCondition(scope: Scope, node: ListNode, report: Report): Condition | undefined {
  const [head, ...rest] = node.items;
  const words = ['and', 'or', 'not'] as const;
  const word = head?.kind === 'symbol' ? words.find((known) => known === head.name) : undefined;
  if (word === undefined) {
    const given = head?.kind === 'symbol' ? `; ${suggestion(head.name, words)}` : '';
    return report(node.at, `expected (and …), (or …) or (not …)${given}`);
  }
  const conditions = everyItem(rest, conditionReader(scope), report);
  if (conditions === undefined) return undefined;
  const [first, second] = conditions;
  if (first === undefined) return report(node.at, `(${word} …) needs a condition`);
  if (word !== 'not') return { kind: word, at: node.at, conditions };
  if (second !== undefined) return report(node.at, '(not …) takes one condition');
  return { kind: 'not', at: node.at, condition: first };
}

/** One condition. */
export function conditionReader(scope: Scope): Reader<Condition> {
  return (node: EdnNode, report) => {
    if (node.kind === 'boolean') return { kind: 'constant', at: node.at, value: node.value };
    if (node.kind === 'list') return listCondition(scope, node, report);
    if (node.kind !== 'map') {
      return report(node.at, `expected a condition: a map, (and …), (or …) or (not …), found ${nodeWords(node)}`);
    }
    if (node.entries.length === 0)
      return report(node.at, 'this condition is empty; for a rule that always fires, leave out :when');
    const parts = node.entries.map((entry) => entryCondition(scope, entry, report));
    const conditions = parts.filter((part) => part !== undefined);
    if (conditions.length < parts.length) return undefined;
    const [only, another] = conditions;
    if (only !== undefined && another === undefined) return only;
    return { kind: 'and', at: node.at, conditions };
  };
}
