/** Reads the words of a `find` that deletes; with any unknown test it returns nothing. Pure. */
import type { Word } from 'unbash';
import type { FindTests, IntendedAct, WorkingFolder } from './intended-act';
import { literalOf, pathPatterns, type Variables } from './path-pattern';

type Mutable = { -readonly [K in keyof FindTests]: FindTests[K] };

const deleting = new Set(['rm', 'unlink']);
const here = { isAbsolute: false, names: [] } as const;

/** Whether the words from `-exec` on delete each file, and how many words they are. */
function execDelete(words: readonly string[]): number | null {
  const end = words.findIndex((word) => word === ';' || word === '+');
  const [program = '', ...rest] = words.slice(1, end < 0 ? 0 : end);
  const isPlain = rest.every((word) => word === '{}' || /^-/.test(word));
  return end >= 0 && deleting.has(program) && isPlain ? end : null;
}

interface Parsed {
  readonly tests: FindTests;
  readonly deletes: boolean;
}

function parseTests(words: readonly string[]): Parsed | null {
  const tests: Mutable = { names: [], kind: null, minDepth: 0, maxDepth: Number.POSITIVE_INFINITY };
  let deletes = false;
  for (let index = 0; index < words.length; index += 1) {
    const value = words[index + 1] ?? '';
    switch (words[index]) {
      case '-name':
      case '-iname':
        tests.names = [...tests.names, { glob: value, isCaseless: words[index] === '-iname' }];
        index += 1;
        break;
      case '-type':
        if (value !== 'f' && value !== 'd') return null;
        tests.kind = value === 'f' ? 'file' : 'directory';
        index += 1;
        break;
      case '-mindepth':
      case '-maxdepth':
        if (!/^\d+$/.test(value)) return null;
        tests[words[index] === '-mindepth' ? 'minDepth' : 'maxDepth'] = Number(value);
        index += 1;
        break;
      case '-exec':
      case '-execdir': {
        const end = execDelete(words.slice(index));
        if (end === null) return null;
        deletes = true;
        index += end;
        break;
      }
      case '-delete':
        deletes = true;
        break;
      case '-depth':
      case '-print':
        break;
      default:
        return null;
    }
  }
  return { tests, deletes };
}

/** What `find` with these words deletes; nothing when the words don't show it. */
export function readFind(words: readonly Word[], cwd: WorkingFolder, variables: Variables): IntendedAct[] {
  const first = words.findIndex(({ text }) => /^[-(!]/.test(text));
  const rootWords = first < 0 ? words : words.slice(0, first);
  const texts = words.slice(rootWords.length).map((word) => literalOf(word, variables) ?? word.value);
  const parsed = parseTests(texts);
  if (!parsed?.deletes) return [];
  const roots = rootWords.length === 0 ? [here] : rootWords.flatMap((word) => pathPatterns(word, variables));
  return roots.map((root) => ({ kind: 'find-delete', cwd, root, tests: parsed.tests }));
}
