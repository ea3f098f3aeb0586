import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { fileDigests } from '../check/clean-files.mjs';
import { programs } from '../check/programs.mjs';
import { root } from '../run-step.mjs';

/** @param {string} config */
const filesOf = (config) => {
  const parsed = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, config), ts.sys.readFile).config,
    ts.sys,
    join(root, config, '..'),
  );
  return parsed.fileNames;
};

test('each TypeScript file belongs to one program', async () => {
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !/^(\.|node_modules|dist|test-results)/.test(entry.name),
  );
  const listed = await Promise.all(folders.map(({ name }) => readdir(join(root, name), { recursive: true })));
  const sources = listed
    .flatMap((names, index) => names.map((name) => join(root, folders[index]?.name ?? '', name)))
    .filter((name) => /\.tsx?$/.test(name) && !/\/(node_modules|target)\//.test(name));
  const checked = programs.flatMap(({ config }) => filesOf(config));
  assert.deepEqual(checked.filter((name) => /\.tsx?$/.test(name)).sort(), sources.sort());
});

test('a file is checked again when one of its imports has changed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'piwork-digests-'));
  const file = (/** @type {string} */ name) => join(folder, name);
  const digests = () => {
    const options = {
      noLib: true,
      types: [],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    };
    const compiler = ts.createIncrementalCompilerHost(options);
    const names = ['first.ts', 'apart.ts'].map(file);
    const found = fileDigests(ts.createSemanticDiagnosticsBuilderProgram(names, options, compiler), 'tsconfig.json');
    return ['first.ts', 'second.ts', 'third.ts', 'apart.ts'].map((name) => found.get(file(name)));
  };
  await writeFile(file('first.ts'), "import { second } from './second';\nexport const first = second;\n");
  await writeFile(file('second.ts'), "import { third } from './third';\nexport const second = third;\n");
  await writeFile(file('third.ts'), 'export const third = 1;\n');
  await writeFile(file('apart.ts'), 'export const apart = 1;\n');
  const before = digests();
  assert.deepEqual(digests(), before);
  await writeFile(file('third.ts'), "export const third = 'one';\n");
  const after = digests();
  assert.deepEqual(
    after.map((digest, index) => digest === before[index]),
    [false, false, false, true],
  );
  await writeFile(
    file('second.ts'),
    "import { third } from './third';\nexport const second = third;\ndeclare global { var shared: 1 }\n",
  );
  assert.notEqual(digests()[3], before[3]);
  await rm(folder, { recursive: true });
});
