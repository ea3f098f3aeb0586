// The files, folders and links that the documents name exist in this tree.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const topFolders = new Set(tracked.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''));
const documents = tracked.filter((path) => /^(docs\/)?[^/]+\.md$/.test(path) && path !== 'CHANGELOG.md');

/** `a/{b,c}` as `a/b` and `a/c`. @param {string} path @returns {string[]} */
function expand(path) {
  const braces = /^(.*?)\{([^{}]*)\}(.*)$/.exec(path);
  if (!braces) return [path];
  const [, before = '', choices = '', after = ''] = braces;
  return choices.split(',').flatMap((choice) => expand(`${before}${choice}${after}`));
}

/** A name without its ending will do: jest is given such. @param {string} path */
const exists = (path) => {
  const plain = path.replace(/\/$/, '');
  if (plain.includes('*')) return tracked.some((file) => new RegExp(`^${pattern(plain)}$`).test(file));
  return tracked.some((file) => file === plain || ['/', '.'].some((end) => file.startsWith(plain + end)));
};

/** @param {string} glob */
const pattern = (glob) =>
  glob
    .replaceAll(/[.+?^$()|[\]\\]/g, '\\$&')
    .replaceAll('**/', '(.*/)?')
    .replaceAll(/(?<!\.)\*/g, '[^/]*');

/** Paths in a text that begin with a top-level folder. @param {string} text */
function namedPaths(text) {
  const found = text.match(/(?<![\w./~$-])\.?[\w-]+\/[\w./{},*-]*/g) ?? [];
  return found
    .map((path) => path.replace(/[.,]+$/, ''))
    .filter((path) => topFolders.has(path.split('/')[0] ?? ''))
    .flatMap(expand);
}

/** Targets of links inside this tree, from the root. @param {string} text @param {string} document */
const linkedPaths = (text, document) =>
  [...text.matchAll(/\]\((?!\w+:|#)([^)#]+)/g)].map(([, target = '']) => normalize(join(dirname(document), target)));

test('the test finds something to check', () => {
  assert.ok(documents.includes('AGENTS.md') && documents.includes('docs/threat-model.md'));
  assert.deepEqual(namedPaths('see `main/{host,tasks}/`, vm/vm.ts.'), ['main/host/', 'main/tasks/', 'vm/vm.ts']);
  assert.ok(exists('scripts/test/*.test.mjs') && exists('main/host/'));
  assert.ok(!exists('main/nowhere.ts') && !exists('main/*.nowhere'));
});

for (const document of documents) {
  test(`${document} names files and folders that exist`, () => {
    const text = readFileSync(join(root, document), 'utf8');
    const missing = [...namedPaths(text), ...linkedPaths(text, document)].filter((path) => !exists(path));
    assert.deepEqual(missing, []);
  });
}
