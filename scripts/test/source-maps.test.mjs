import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleProcess } from '../build.mjs';

const source = ['interface Ship {', '  readonly name: string;', '}', 'const ship = null as unknown as Ship;'];

/** @param {string} folder @param {string} entry */
async function tracesOf(folder, entry) {
  const out = join(folder, 'ship.cjs');
  await bundleProcess({ out, entry, target: 'node20', format: 'cjs' });
  const inWorker = `new (require('node:worker_threads').Worker)(${JSON.stringify(out)}, { execArgv: ['--enable-source-maps'] })`;
  return [
    ['--enable-source-maps', out],
    ['-e', inWorker],
  ].map((words) => spawnSync(process.execPath, words, { encoding: 'utf8' }).stderr);
}

test('an error in a bundle names the line of its TypeScript, in a process and in a worker', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'piwork-maps-'));
  const entry = join(folder, 'ship.ts');
  await writeFile(entry, `${source.join('\n')}\nconsole.log(ship.name);\n`);
  for (const trace of await tracesOf(folder, entry)) assert.match(trace, /ship\.ts:5:\d+/);
  await rm(folder, { recursive: true });
});
