/** Loaded files → rule table and manifest. Pure. */
import { digestOf } from './digest';
import { subscriptions } from './deadlines';
import type { Loaded, LoadedFile } from './load';
import type { ExtensionManifest } from './manifest';
import type { FileParts } from './read/file-reader';
import { patternDefinition } from './read/pattern-reader';
import { reportInto, type Report } from './read/reader';
import { commandReaderOf, shortcutReader, toolReader, type Defined } from './read/routine-reader';
import { ruleReader } from './read/rule-reader';
import { scopeAt, type NamedPattern, type Shared } from './read/scope';
import { dataKey, templateReader } from './read/template-reader';
import { BehaviourError, type Place, type Problem } from './source/problem';
import type { Limits, Routine, Rule, RuleTable } from './table';

/** A compiled behaviour. */
export interface CompiledBehaviour {
  readonly table: RuleTable;
  readonly manifest: ExtensionManifest;
  /** SHA-256 of table and manifest; doesn't depend on the files' formatting */
  readonly digest: string;
}

/** The limits when no file sets them. */
export const defaultLimits: Limits = { eventMs: 30_000, toolMs: 60_000, askMs: 120_000, shellMs: 10_000 };

/** The main file is last and takes precedence; a value that it leaves out comes from the nearest file before it. */
function mergeLimits(files: readonly LoadedFile[]): Limits {
  return files.reduce((limits, { parts }) => {
    const { eventMs, toolMs, askMs, shellMs } = parts.Limits ?? {};
    return {
      eventMs: eventMs ?? limits.eventMs,
      toolMs: toolMs ?? limits.toolMs,
      askMs: askMs ?? limits.askMs,
      shellMs: shellMs ?? limits.shellMs,
    };
  }, defaultLimits);
}

function readPatterns(files: readonly LoadedFile[], report: Report): ReadonlyMap<string, NamedPattern> {
  const patterns = new Map<string, NamedPattern>();
  const places = new Map<string, Place>();
  for (const { parts } of files) {
    if (parts.Patterns === null) continue;
    if (parts.Patterns.kind !== 'map') {
      report(parts.Patterns.at, 'expected a map of patterns: {:secrets {:glob "**/*.key"}}');
      continue;
    }
    for (const { key, value } of parts.Patterns.entries) {
      const name =
        key.kind === 'keyword' ? key.name : report(key.at, 'a pattern is named by a keyword, such as :secrets');
      const pattern = patternDefinition(value, report);
      if (name === undefined || pattern === undefined) continue;
      const first = places.get(name);
      if (first !== undefined) report(key.at, `the pattern :${name} is already defined in ${first.file}:${first.line}`);
      places.set(name, key.at);
      patterns.set(name, pattern);
    }
  }
  return patterns;
}

/** `:Status {:guard "on"}` becomes a rule at the start of a session. */
function statusRules({ parts }: LoadedFile, shared: Shared, report: Report): readonly Rule[] {
  const node = parts.Status;
  if (node === null) return [];
  if (node.kind !== 'map') {
    report(node.at, 'expected a map of texts: {:guard "on"}');
    return [];
  }
  const scope = scopeAt(shared, { kind: 'events', names: ['session-start'] });
  return node.entries.flatMap(({ key, value }): readonly Rule[] => {
    const name = dataKey(key, report);
    const text = templateReader(scope)(value, report);
    if (name === undefined || text === undefined) return [];
    const action = { kind: 'set-status', key: name, text, at: key.at } as const;
    const id = `${key.at.file}:${key.at.line}`;
    return [{ id, at: key.at, events: ['session-start'], condition: null, action, otherwise: null }];
  });
}

function refuseTwice(
  things: readonly { readonly name: string; readonly at: Place }[],
  what: string,
  report: Report,
): void {
  const places = new Map<string, Place>();
  for (const { name, at } of things) {
    const first = places.get(name);
    if (first !== undefined) report(at, `${what} "${name}" is already defined in ${first.file}:${first.line}`);
    else places.set(name, at);
  }
}

/** Reads one part of every file with one reader; a part that can't be read was already reported. */
function readAll<T>(
  files: readonly LoadedFile[],
  part: 'On' | 'Tools' | 'Commands' | 'Shortcuts',
  read: (node: FileParts['On'][number], report: Report) => T | undefined,
  report: Report,
): readonly T[] {
  return files.flatMap(({ parts }) => parts[part].flatMap((node) => read(node, report) ?? []));
}

const routines = <E>(defined: readonly Defined<E>[]): readonly Routine[] => defined.map(({ routine }) => routine);
const entries = <E>(defined: readonly Defined<E>[]): readonly E[] => defined.map(({ entry }) => entry);

/** A name has no colon, but a place has. */
const isNamed = ({ id }: Rule): boolean => !id.includes(':');

/** By file, line and column: the order in which a person works through them. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  return [...problems].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}

/**
 * Compiles files to one behaviour.
 *
 * @throws BehaviourError with every problem found, including those from loading
 */
export function compile({ files, main: mainFile, problems: found }: Loaded): CompiledBehaviour {
  const problems: Problem[] = [...found];
  const report = reportInto(problems);
  const main = files.find(({ file }) => file === mainFile);
  const flags = files.flatMap(({ parts }) => parts.Flags);
  const limits = mergeLimits(files);
  const shared: Shared = { limits, patterns: readPatterns(files, report), flags: flags.map(({ name }) => name) };

  const rules = [
    ...files.flatMap((file) => statusRules(file, shared, report)),
    ...readAll(files, 'On', ruleReader(shared), report),
  ];
  const tools = readAll(files, 'Tools', toolReader(shared), report);
  const commands = readAll(files, 'Commands', commandReaderOf(shared), report);
  const shortcuts = readAll(files, 'Shortcuts', shortcutReader(shared), report);
  refuseTwice(
    rules.filter(isNamed).map(({ id, at }) => ({ name: id, at })),
    'the rule',
    report,
  );
  refuseTwice(routines(tools), 'the tool', report);
  refuseTwice(routines(commands), 'the command', report);
  refuseTwice(routines(shortcuts), 'the shortcut', report);

  const extension = main?.parts.Extension ?? null;
  if (extension === null && problems.length === 0) {
    const at = { file: mainFile, line: 1, column: 1 };
    report(at, 'the main file needs :Extension, such as :Extension {:name "my-rules" :version 1}');
  }
  const [first, ...more] = inOrder(problems);
  if (first !== undefined) throw new BehaviourError([first, ...more]);
  if (extension === null) throw new Error('a behaviour without a name has a problem that says so');
  const { name, version, description } = extension;
  const table: RuleTable = {
    name,
    version,
    limits,
    rules,
    tools: routines(tools),
    commands: routines(commands),
    shortcuts: routines(shortcuts),
  };
  const manifest: ExtensionManifest = {
    name,
    version,
    description,
    tools: entries(tools),
    commands: entries(commands),
    shortcuts: entries(shortcuts),
    flags,
    events: subscriptions(rules, limits),
  };
  // A rule without a name gets its place as an id, which isn't part of what it does.
  const digested = { ...table, rules: rules.map((rule) => (isNamed(rule) ? rule : { ...rule, id: '' })) };
  return { table, manifest, digest: digestOf({ table: digested, manifest }) };
}
