// In a fresh clone nothing is installed: what a person starts must load without packages, to install or to name them.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { root } from '../run-step.mjs';

/** Modules that a file needs to load. @param {string} file */
function importsOf(file) {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return tree.statements.flatMap((one) =>
    (ts.isImportDeclaration(one) || ts.isExportDeclaration(one)) &&
    one.moduleSpecifier &&
    ts.isStringLiteral(one.moduleSpecifier)
      ? [one.moduleSpecifier.text]
      : [],
  );
}

/** Packages that a script needs to load. @param {string} entry */
function packagesOf(entry) {
  const seen = new Set([join(root, entry)]);
  /** @type {string[]} */
  const packages = [];
  for (const file of seen) {
    for (const name of importsOf(file)) {
      if (name.startsWith('.')) seen.add(join(dirname(file), name));
      else if (!isBuiltin(name)) packages.push(`${name}, by ${relative(root, file)}`);
    }
  }
  return packages;
}

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const documented = ['AGENTS.md', 'CONTRIBUTING.md'].map((page) => readFileSync(join(root, page), 'utf8')).join('\n');
const commands = [...Object.values(scripts), ...documented.matchAll(/node (scripts\/[\w-]+\.mjs)/g)].join('\n');
const entries = [...new Set(commands.match(/scripts\/[\w-]+\.mjs/g))];

describe('without packages', () => {
  for (const entry of entries) {
    it(`${entry} loads`, () => {
      assert.ok(existsSync(join(root, entry)));
      assert.deepEqual(packagesOf(entry), []);
    });
  }

  it('every npm script is one of them', () => {
    for (const command of Object.values(scripts)) assert.match(command, /^node scripts\/[\w-]+\.mjs/);
  });

  it('a package that a script needs is found', () => {
    assert.deepEqual(
      packagesOf('scripts/capnp/generate.mjs').includes('prettier, by scripts/capnp/generate.mjs'),
      true,
    );
  });
});
