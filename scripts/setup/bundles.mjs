import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runLogged } from './run-logged.mjs';

const sourceFolders = ['app', 'bench', 'bridge', 'guest', 'main', 'preload', 'schema'];
const sourceFiles = ['package-lock.json', 'scripts/build.mjs', 'tsconfig.base.json'];
const stampFile = 'dist/.sources';

/**
 * One value for the state of all sources, from their paths, sizes and modification times.
 *
 * @param {string} root
 */
export async function sourceStamp(root) {
  const listed = await Promise.all(
    sourceFolders.map(async (folder) => {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  const paths = [...listed.flat(), ...sourceFiles.map((file) => join(root, file))].sort();
  const states = await Promise.all(paths.map((path) => stat(path)));
  const lines = states.map(({ size, mtimeMs }, index) => `${paths[index]} ${size} ${mtimeMs}`);
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/**
 * Bundles every process and the renderer when a source has changed since the last time.
 *
 * @param {{ root: string, logFile: string, signal: AbortSignal, report: import('./progress.mjs').Report }} step
 */
export async function buildBundles({ root, logFile, signal, report }) {
  // Taken before the build: a change during the build triggers the next one.
  const stamp = await sourceStamp(root);
  const built = await readFile(join(root, stampFile), 'utf8').catch(() => '');
  if (built === stamp) return;
  report.changed();
  await runLogged({ command: process.execPath, args: ['scripts/build.mjs'], cwd: root, logFile, signal });
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(join(root, stampFile), stamp);
}
