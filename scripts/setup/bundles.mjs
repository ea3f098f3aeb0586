import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runLogged } from './run-logged.mjs';

const sourceFolders = 'app bench bridge files gateway guest main node preload schema vm'.split(' ');
const sourceFiles = ['package-lock.json', 'scripts/build.mjs', 'tsconfig.base.json'];
const bundleFolders = 'app bench bridge guest main pack preload'.split(' ').map((name) => `dist/${name}`);
const stampFile = 'dist/.sources';

/**
 * One value for the content of files, independent of their times.
 *
 * @param {string} root
 * @param {readonly string[]} folders
 * @param {readonly string[]} [files]
 */
async function contentStamp(root, folders, files = []) {
  const listed = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  // Source maps aren't run.
  const paths = [...listed.flat(), ...files.map((file) => join(root, file))].filter((path) => !path.endsWith('.map'));
  const hash = createHash('sha256');
  for (const path of paths.sort()) {
    const content = createHash('sha256').update(await readFile(path));
    hash.update(`${path.slice(root.length)} ${content.digest('hex')}\n`);
  }
  return hash.digest('hex');
}

/** Of all sources. @param {string} root */
export const sourceStamp = (root) => contentStamp(root, sourceFolders, sourceFiles);

/** Of all that was built. @param {string} root */
const bundleStamp = (root) => contentStamp(root, bundleFolders);

/**
 * Bundles every process and the renderer when a source or a bundle differs from the last build.
 *
 * @param {{ root: string, logFile: string, signal: AbortSignal, report: import('./progress.mjs').Report }} step
 */
export async function buildBundles({ root, logFile, signal, report }) {
  // Taken before the build: a change during the build triggers the next one.
  const sources = await sourceStamp(root);
  const last = await readFile(join(root, stampFile), 'utf8').catch(() => '');
  if (last === `${sources} ${await bundleStamp(root)}`) return;
  report.changed();
  for (const folder of bundleFolders) await rm(join(root, folder), { recursive: true, force: true });
  await runLogged({ command: process.execPath, args: ['scripts/build.mjs'], cwd: root, logFile, signal });
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(join(root, stampFile), `${sources} ${await bundleStamp(root)}`);
}
