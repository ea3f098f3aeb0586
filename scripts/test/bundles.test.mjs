// The bundles in dist/ are built again when a source or a bundle differs from the last build.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { buildBundles } from '../setup/bundles.mjs';

const { signal } = new AbortController();
let root = '';
let builds = 0;

/** @param {string} name @param {string} text */
async function write(name, text) {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
}

/** Whether it was built. */
async function start() {
  const report = { changed: () => void (builds += 1), detail: () => {} };
  const before = builds;
  await buildBundles({ root, logFile: join(root, 'log'), signal, report: /** @type {never} */ (report) });
  return builds > before;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'piwork-bundles-'));
  await write(
    'scripts/build.mjs',
    "import { cpSync } from 'node:fs';\ncpSync('main', 'dist/main', { recursive: true });",
  );
  for (const name of ['package-lock.json', 'tsconfig.base.json']) await write(name, '{}');
  for (const name of ['app', 'bridge', 'files', 'gateway', 'guest', 'main', 'node', 'preload', 'schema', 'vm'])
    await write(`${name}/a.ts`, `${name} 1`);
  await write('bench/a.ts', 'bench 1');
});
afterEach(() => rm(root, { recursive: true }));

test('they are built once, and not again', async () => {
  assert.equal(await start(), true);
  assert.equal(await start(), false);
});

for (const folder of ['main', 'files', 'gateway', 'node', 'vm']) {
  test(`a source in ${folder}/ with other content but the same size and time is rebuilt`, async () => {
    await start();
    const { atime, mtime } = await stat(join(root, folder, 'a.ts'));
    await write(`${folder}/a.ts`, `${folder} 2`);
    await utimes(join(root, folder, 'a.ts'), atime, mtime);
    assert.equal(await start(), true);
  });
}

test("a changed bundle doesn't run", async () => {
  await start();
  const bundle = join(root, 'dist/main/a.ts');
  const { atime, mtime } = await stat(bundle);
  await writeFile(bundle, 'evil 1');
  await utimes(bundle, atime, mtime);
  assert.equal(await start(), true);
  assert.equal(await readFile(bundle, 'utf8'), 'main 1');
});

test("an added bundle doesn't run", async () => {
  await start();
  await write('dist/app/extra.js', 'evil');
  assert.equal(await start(), true);
});
