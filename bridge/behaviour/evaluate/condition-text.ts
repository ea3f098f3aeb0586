/** A condition as its author could have written it, for explanations. Pure. */
import type { ActsTest, Bound, Condition, FolderRef, PathTest, Test } from '../condition';

const list = (items: readonly string[]): string => (items.length === 1 ? (items[0] ?? '') : `[${items.join(' ')}]`);
const quote = (value: unknown): string => JSON.stringify(value);

const boundText = ({ comparison, value }: Bound): string => `:${comparison} ${value}`;

const folderText = (folder: FolderRef): string => ('path' in folder ? quote(folder.path) : `:${folder.named}`);

function testText(test: Test): string {
  switch (test.kind) {
    case 'equals':
      return `:equals ${list(test.values.map(quote))}`;
    case 'matches':
    case 'glob':
      return `:${test.kind} ${list(test.patterns.map(({ source }) => quote(source)))}`;
    case 'contains':
    case 'starts-with':
    case 'ends-with':
      return `:${test.kind} ${list(test.texts.map(quote))}`;
    case 'longer-than':
      return `:longer-than ${test.characters}`;
    case 'exists':
      return `:exists ${test.value}`;
    case 'number':
      return boundText(test.bound);
  }
}

function pathText(test: PathTest): string {
  if (test.kind === 'glob') return `:glob ${list(test.patterns.map(({ source }) => quote(source)))}`;
  return `:${test.kind} ${list(test.folders.map(folderText))}`;
}

function actsText({ kinds, paths, bound }: ActsTest): string {
  const any = kinds.length === 0 ? [] : [`:any [${kinds.map((kind) => `:${kind}`).join(' ')}]`];
  return [...any, ...paths.map(pathText), ...(bound === null ? [] : [boundText(bound)])].join(' ');
}

/** One line; only the names of `and`, `or` and `not`, because their parts appear below them. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
      return 'all of';
    case 'or':
      return 'one of';
    case 'not':
      return 'not';
    case 'constant':
      return String(condition.value);
    case 'field':
      return `:${condition.field} {${condition.tests.map(testText).join(' ')}}`;
    case 'tool':
      return `:tool ${list(condition.names.map(({ source }) => quote(source)))}`;
    case 'path':
      return `:path {${condition.tests.map(pathText).join(' ')}}`;
    case 'acts':
      return `:acts {${actsText(condition.test)}}`;
    case 'fact':
      return `:${condition.fact} ${condition.value}`;
    case 'count': {
      const tool = condition.tool === null ? '' : ` :tool ${quote(condition.tool)}`;
      return `:count {:of :${condition.of} :per :${condition.per}${tool} ${boundText(condition.bound)}}`;
    }
  }
}
