import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { adviceFor } from '../setup/failure.mjs';
import { takeLock } from '../setup/lock.mjs';
import { requireNode } from '../setup/node-version.mjs';
import { isInstalled } from '../setup/npm-dependencies.mjs';

const { signal } = new AbortController();

test('Node.js is compared by number, not by text', () => {
  requireNode('20.18.0');
  requireNode('100.2.0');
  assert.throws(() => requireNode('20.9.9'), /20\.18 or newer; this is 20\.9\.9/);
});

test('packages count as installed when npm recorded every one in the lockfile', () => {
  const wanted = {
    packages: { '': { version: '1' }, 'node_modules/a': { version: '2' }, 'node_modules/b': { optional: true } },
  };
  assert.equal(isInstalled(wanted, { packages: { 'node_modules/a': { version: '2' } } }), true);
  assert.equal(isInstalled(wanted, { packages: { 'node_modules/a': { version: '1' } } }), false);
  assert.equal(isInstalled(wanted, { packages: {} }), false);
  assert.equal(isInstalled(wanted, undefined), false);
});

test('failures of tools are explained', () => {
  assert.match(adviceFor('npm error code ENOSPC'), /disk is full/);
  assert.match(adviceFor('E: Could not get lock /var/lib/dpkg/lock-frontend'), /Another package manager/);
  assert.match(adviceFor('npm error code EAI_AGAIN'), /network/);
});

test('one process has a lock at a time; others wait, and take over from a dead one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'piwork-lock-'));
  const file = join(folder, 'lock');
  const dead = 2 ** 22 + 1;
  await writeFile(file, String(dead));
  /** @type {string[]} */
  const order = [];
  const giveBack = await takeLock(file, { signal, onWait: () => order.push('first waits') });
  const second = takeLock(file, { signal, onWait: () => void (order.push('second waits'), giveBack()) });
  await (
    await second
  )();
  assert.deepEqual(order, ['second waits']);
  assert.deepEqual(await readdir(folder), []);
  await rm(folder, { recursive: true });
});
