// A real pi on the host, for tests that need no VM: unpacked from the archives that the pack was built from.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Archive names in the pack's download folder, where their published checksums were verified, and the target folder of
 * each.
 */
const parts = [
  { archive: /^node-linux-.*\.tgz$/, folder: 'node' },
  { archive: /pi-coding-agent-.*\.tgz$/, folder: 'pi' },
  { archive: /^jiti-.*\.tgz$/, folder: 'pi/node_modules/jiti' },
];

/** @param {string} archive @param {string} folder */
async function unpack(archive, folder) {
  await mkdir(folder, { recursive: true });
  const tar = spawn('tar', ['-xzf', archive, '--strip-components=1', '-C', folder], { stdio: 'inherit' });
  const [code] = await once(tar, 'close');
  if (code !== 0) throw new Error(`tar couldn't unpack ${archive}`);
}

/**
 * @param {string} cache
 * @returns {Promise<{ PIWORK_PI_NODE: string, PIWORK_PI_CLI: string } | null>} environment of the tests, or nothing
 *   when the pack's downloads are gone or for another platform
 */
export async function hostPi(cache) {
  const downloads = join(cache, 'downloads');
  const names = await readdir(downloads).catch(() => []);
  const found = parts.map(({ archive, folder }) => ({
    folder,
    name: names
      .filter((name) => archive.test(name))
      .sort()
      .at(-1),
  }));
  if (process.platform !== 'linux' || found.some(({ name }) => name === undefined)) return null;
  const place = join(cache, 'host-pi', found.map(({ name }) => name?.replace('.tgz', '')).join('+'));
  if (!existsSync(place)) {
    const unfinished = `${place}.${process.pid}`;
    for (const { folder, name } of found) await unpack(join(downloads, String(name)), join(unfinished, folder));
    await rename(unfinished, place).catch(async () => rm(unfinished, { recursive: true, force: true }));
  }
  return { PIWORK_PI_NODE: join(place, 'node/bin/node'), PIWORK_PI_CLI: join(place, 'pi/dist/bundle/cli.js') };
}
