/** One file: its keys, and its rules, tools and commands once the patterns of all files are known. */
import type { EdnNode } from '../edn/node';
import { flag, integer, milliseconds, nameText, text, vector, type Reader, type Report } from './reader';
import { optional, readableKeys, readRecord, required, withDefault, type RecordOf } from './record';

const node: Reader<EdnNode> = (value) => value;

const extension = (value: EdnNode, report: Report) =>
  readRecord(
    value,
    ':Extension',
    {
      name: required(nameText),
      version: withDefault(integer(0, 1_000_000), 1),
      description: withDefault(text('a description in quotes', 1000), ''),
    },
    report,
  );

const limits = (value: EdnNode, report: Report) =>
  readRecord(
    value,
    ':Limits',
    {
      eventMs: optional(milliseconds(60_000)),
      toolMs: optional(milliseconds(3_600_000)),
      askMs: optional(milliseconds(600_000)),
      shellMs: optional(milliseconds(600_000)),
    },
    report,
  );

/** The name of a file in the same folder, or in a folder below. */
const includeName: Reader<{ readonly name: string; readonly node: EdnNode }> = (value, report) => {
  const name = text('the name of a file in quotes', 200)(value, report);
  if (name === undefined) return undefined;
  const parts = name.split('/');
  const isWell =
    parts.every((part) => /^[\w.-]+$/.test(part) && part !== '..' && part !== '.') && name.endsWith('.edn');
  if (isWell) return { name, node: value };
  return report(value.at, 'expected a relative name such as "more.edn": no "..", no leading "/", ending in .edn');
};

const flagDefinition: Reader<FlagDefinition> = (value, report) => {
  const fields = {
    name: required(nameText),
    description: withDefault(text('a description in quotes', 1000), ''),
    default: withDefault<boolean | string>((given, reportGiven) => {
      return given.kind === 'string' ? given.value : flag(given, reportGiven);
    }, false),
  };
  return readRecord(value, 'a flag', fields, report);
};

/** A command-line flag; the default decides its type. */
export interface FlagDefinition {
  readonly name: string;
  readonly description: string;
  readonly default: boolean | string;
}

const topFields = {
  Extension: optional(extension),
  Limits: optional(limits),
  Include: withDefault(vector(includeName, { most: 50 }), []),
  Patterns: optional(node),
  Flags: withDefault(vector(flagDefinition, { most: 50 }), []),
  Status: optional(node),
  On: withDefault(vector(node, { most: 1000, what: 'a vector of rules' }), []),
  Tools: withDefault(vector(node, { most: 100 }), []),
  Commands: withDefault(vector(node, { most: 100 }), []),
  Shortcuts: withDefault(vector(node, { most: 50 }), []),
};

/** A file's parts; rules, tools and commands aren't read yet. */
export type FileParts = RecordOf<typeof topFields>;

/** Reads the keys of the top map. Leaves out what can't be read, so that the rest is checked too. */
export function readFileParts(value: EdnNode, report: Report): FileParts {
  return readableKeys(value, 'a behaviour file', topFields, report);
}
