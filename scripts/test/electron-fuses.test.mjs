import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { cloneFuses, readFuses, releaseFuses, setFuses } from '../setup/electron-fuses.mjs';

/** Bytes as around the fuses of Electron 33.3.0. @param {string} fuses */
const binaryWith = (fuses, version = 1) =>
  Buffer.concat([
    Buffer.alloc(1000, 7),
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([version, fuses.length]),
    Buffer.from(fuses),
    Buffer.alloc(1000, 7),
  ]);

/** @type {string} */
let folder;
/** @type {string} */
let executable;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-fuses-'));
  executable = join(folder, 'electron');
});
afterEach(() => rm(folder, { recursive: true }));

test('fuses are set and read back, and no other byte changes', async () => {
  await writeFile(executable, binaryWith('10110001'));
  assert.deepEqual(await readFuses(executable), {
    ...{ runAsNode: true, cookieEncryption: false, nodeOptions: true, nodeInspect: true },
    ...{ asarIntegrity: false, onlyFromAsar: false, fileProtocolPrivileges: true },
  });
  await setFuses(executable, cloneFuses);
  assert.deepEqual(await readFile(executable), binaryWith('00010000'));
  await setFuses(executable, releaseFuses);
  assert.deepEqual(await readFile(executable), binaryWith('00001100'));
});

test('both halves of a binary for two processors are set', async () => {
  await writeFile(executable, Buffer.concat([binaryWith('10110001'), binaryWith('10110001')]));
  await setFuses(executable, cloneFuses);
  assert.deepEqual(await readFile(executable), Buffer.concat([binaryWith('00010000'), binaryWith('00010000')]));
});

test('a binary without fuses, with unknown or with removed ones is refused and stays as it is', async () => {
  for (const binary of [Buffer.alloc(500), binaryWith('10110001', 2), binaryWith('r0110001'), binaryWith('10')]) {
    await writeFile(executable, binary);
    await assert.rejects(setFuses(executable, releaseFuses), /fuses/);
    assert.deepEqual(await readFile(executable), binary);
  }
});
