// Bundles every process of Piwork into dist/, with one entry per process. Vite builds the renderer.
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @typedef {{ out: string, entry: string, target: string, format: 'cjs' | 'esm', external?: readonly string[] }} Bundle */

/** @type {readonly Bundle[]} */
export const bundles = [
  { out: 'dist/main/cli.cjs', entry: 'main/shells/terminal/main.ts', target: 'node20', format: 'cjs' },
  {
    out: 'dist/main/electron.cjs',
    entry: 'main/shells/electron/main.ts',
    target: 'node20',
    format: 'cjs',
    external: ['electron'],
  },
  { out: 'dist/main/vm-worker.cjs', entry: 'vm/worker.ts', target: 'node20', format: 'cjs' },
  { out: 'dist/main/files-worker.cjs', entry: 'files/worker.ts', target: 'node20', format: 'cjs' },
  { out: 'dist/main/gateway-worker.cjs', entry: 'gateway/worker.ts', target: 'node20', format: 'cjs' },
  { out: 'dist/preload/index.cjs', entry: 'preload/index.ts', target: 'node20', format: 'cjs', external: ['electron'] },
  { out: 'dist/bridge/cli.cjs', entry: 'bridge/cli/main.ts', target: 'node20', format: 'cjs' },
  { out: 'dist/bridge/vtcode.cjs', entry: 'bridge/harness/vtcode/main.ts', target: 'node20', format: 'cjs' },
  { out: 'dist/guest/taskd.cjs', entry: 'guest/taskd/main.ts', target: 'node24', format: 'cjs' },
  { out: 'dist/guest/parking.mjs', entry: 'guest/taskd/pi/parking.ts', target: 'node24', format: 'esm' },
  { out: 'dist/guest/proxy.cjs', entry: 'guest/proxy/index.ts', target: 'node24', format: 'cjs' },
  { out: 'dist/guest/bridge.cjs', entry: 'bridge/process/main.ts', target: 'node24', format: 'cjs' },
  { out: 'dist/pack/cli.cjs', entry: 'guest/pack/cli.ts', target: 'node20', format: 'cjs' },
  { out: 'dist/bench/cli.cjs', entry: 'bench/cli.ts', target: 'node20', format: 'cjs' },
];

/**
 *  Guest files that are copied without bundling: from, to.
 *
 * @type {ReadonlyArray<readonly [string, string]>}
 */
const copies = [
  ...['system-calls.py', 'files-pump.c'].map(
    (name) => /** @type {const} */ ([`guest/taskd/${name}`, `dist/guest/${name}`]),
  ),
  ['guest/proxy/load.mjs', 'dist/guest/proxy.mjs'],
  ['bridge/guard/guard.edn', 'dist/guest/guard.edn'],
];

/** @param {Bundle} bundle */
export async function bundleProcess({ out, entry, target, format, external = [] }) {
  // In a fresh clone, esbuild exists only after the set-up.
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    platform: 'node',
    target,
    format,
    external: [...external],
    sourcemap: 'linked',
    logLevel: 'warning',
    // ws looks for two optional native add-ons; the JavaScript fallback is enough.
    define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' },
  });
}

/** Bundles the TypeScript of every process. */
export async function buildProcesses() {
  await mkdir(join(root, 'dist/guest'), { recursive: true });
  for (const [from, to] of copies) await copyFile(join(root, from), join(root, to));
  await Promise.all(bundles.map(bundleProcess));
}

/** Builds the renderer into dist/app. */
export async function buildRenderer() {
  const vite = await import('vite');
  await vite.build({ configFile: join(root, 'app/vite.config.ts'), logLevel: 'warn' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await Promise.all([buildProcesses(), buildRenderer()]);
}
