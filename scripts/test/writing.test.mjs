import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../run-step.mjs';
import { retiredWords } from '../writing/vocabulary.mjs';
import { stringsOfBehaviour, stringsOfProse, stringsOfSource } from '../writing/visible-strings.mjs';

const words = retiredWords(readFileSync(join(root, 'docs/writing.md'), 'utf8'));

const roots = [
  'app',
  'main',
  'files',
  'vm',
  'gateway',
  'node',
  'guest',
  'bridge',
  'schema',
  'preload',
  'docs',
  'README.md',
];
/** Tests, generated files, and the retired words themselves. */
const isSkipped = (/** @type {string} */ file) =>
  /\.test\.(tsx?|mjs)$|\/test\/|\/generated\/|^docs\/writing\.md$|^scripts\/writing\//.test(file);

/** @param {string} file @param {string} source */
function stringsOf(file, source) {
  if (/\.(tsx?|mjs)$/.test(file)) return stringsOfSource(file, source);
  if (file.endsWith('.edn')) return stringsOfBehaviour(source);
  return file.endsWith('.md') ? stringsOfProse(source) : [];
}

/** One line per retired word: where it is, the string, and the word to use. @param {string} file @param {string} source */
function retiredIn(file, source) {
  // A contributor may see milliseconds and exit codes.
  const isCode = !file.endsWith('.md') && !/^(scripts|bench|examples)\//.test(file);
  return stringsOf(file, source).flatMap(({ line, text }) =>
    words
      .filter(({ pattern, codeOnly }) => (isCode || !codeOnly) && pattern.test(text))
      .map(({ phrase, instead }) => `${file}:${line}: ${JSON.stringify(text)} says “${phrase}”; write: ${instead}`),
  );
}

const curlyApostrophe = '\u2019';

/** Where a string has a curly apostrophe. @param {string} file @param {string} source */
const curlyIn = (file, source) =>
  stringsOf(file, source)
    .filter(({ text }) => text.includes(curlyApostrophe))
    .map(({ line, text }) => `${file}:${line}: ${JSON.stringify(text)} has a curly apostrophe; write: '`);

/** What `check` finds in the product's strings and pages. @param {(file: string, source: string) => string[]} check */
function foundBy(check) {
  const pages = ['*.md', '.github/*.md', 'scripts', 'bench', 'examples'];
  const tracked = execFileSync('git', ['ls-files', '--', ...new Set([...roots, ...pages])], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = tracked.split('\n').filter((file) => file !== '' && !isSkipped(file));
  return files.flatMap((file) => check(file, readFileSync(join(root, file), 'utf8')));
}

test('no sentence that a person reads has a word that docs/writing.md retires', () => {
  const found = foundBy(retiredIn);
  assert.deepEqual(found, [], `${found.length} to rewrite:\n${found.join('\n')}`);
});

test('every apostrophe is straight', () => {
  const found = foundBy(curlyIn);
  assert.deepEqual(found, [], found.join('\n'));
  const tsx =
    "const a = 'can\u2019t do it'; const b = <p>can\u2019t {x}</p>; const c = `${x} can\u2019t`; // can\u2019t";
  assert.equal(curlyIn('a.tsx', tsx).length, 3);
});

test('retired words are found in strings, templates, tags, behaviour files and prose, with the word to use', () => {
  const tsx = [
    "const asked = 'Take the last turn back?';",
    'const left = `${count} files wait for you.`;',
    'const row = <p>Your tasks will <b>soon</b> stand here.</p>;',
    'const slow = `No answer in ${time} ms.`;',
  ].join('\n');
  assert.deepEqual(
    retiredIn('app/x.tsx', tsx).map((line) => line.replace(/; write: .*/, '')),
    [
      'app/x.tsx:1: "Take the last turn back?" says “take … back”',
      'app/x.tsx:2: "{} files wait for you." says “wait for you”',
      'app/x.tsx:3: "Your tasks will {} stand here." says “stand here”',
      'app/x.tsx:4: "No answer in {} ms." says “{} ms”',
    ],
  );
  assert.match(retiredIn('a.tsx', tsx)[0] ?? '', /write: Undo$/);
  assert.equal(retiredIn('a.edn', '{:ask "It is mended?"} ; goes on').length, 1);
  assert.equal(retiredIn('a.md', 'It goes on `takes back`\n\n```\ngive up\n```\n').length, 1);
});

test("“is no” is found where it means “isn't a”", () => {
  const found = (/** @type {string} */ text) => retiredIn('a.tsx', `const a = ${JSON.stringify(text)};`).length;
  assert.equal(found('A name is no instruction.'), 1);
  assert.equal(found('These are no arms.'), 1);
  assert.equal(found('There is no task here.'), 0);
  assert.equal(found('This question is no longer open.'), 0);
});

test("comments, names, imports, types, class names and code aren't read", () => {
  const source = [
    '// taken back',
    "import { mend } from './give up';",
    "type Act = 'take back';",
    "const value = 'take_back';",
    "const key = 'go-on';",
    'const row = <p className="go on" />;',
  ].join('\n');
  assert.deepEqual(retiredIn('a.tsx', source), []);
});
