// `dependencies` are the packages in a bundle that we ship; `devDependencies` are tools.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { bundles } from '../build.mjs';
import { root } from '../run-step.mjs';

/** Bundles that no package of Piwork contains. */
const tools = ['dist/pack/cli.cjs', 'dist/bench/cli.cjs'];

/** Provided where the bundle runs. */
const given = new Set([...builtinModules, 'electron']);

/** @param {string} specifier */
const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The packages that our sources import, starting from these entries. @param {readonly string[]} entryPoints */
async function packagesOf(entryPoints) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    packages: 'external',
    platform: 'node',
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const ours = Object.entries(metafile.inputs).filter(([path]) => !path.startsWith('node_modules/'));
  return ours
    .flatMap(([, { imports }]) => imports.filter(({ path, external }) => external || path.startsWith('node_modules/')))
    .map(({ path }) => packageOf(path.replace(/^node_modules\//, '')))
    .filter((name) => !name.startsWith('node:') && !given.has(name));
}

test('dependencies are exactly the packages in the bundles that we ship', async () => {
  const shipped = bundles.filter(({ out }) => !tools.includes(out)).map(({ entry }) => entry);
  const style = await readFile(join(root, 'app/ui/base.css'), 'utf8');
  const styles = [...style.matchAll(/@import '([^.'][^']*)'/g)].map(([, path = '']) => packageOf(path));
  const named = [...(await packagesOf([...shipped, 'app/main.tsx'])), ...styles];
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  assert.deepEqual([...new Set(named)].sort(), Object.keys(dependencies).sort());
  for (const version of Object.values({ ...dependencies, ...devDependencies })) {
    assert.match(String(version), /^\d+\.\d+\.\d+$/, 'versions are exact');
  }
});
