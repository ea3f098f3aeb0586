// `npm run pack`: bundles the guest's code and builds the runtime pack from it. Arguments go to guest/pack/cli.ts.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProcesses } from './build.mjs';
import { cacheFolder } from './cache-folder.mjs';
import { setupTools } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await setupTools();
await buildProcesses();
const builderArguments = [
  '--enable-source-maps',
  join(root, 'dist/pack/cli.cjs'),
  '--cache',
  cacheFolder(),
  ...process.argv.slice(2),
];
const builder = spawn(process.execPath, builderArguments, { cwd: root, stdio: 'inherit' });
// The terminal sends Ctrl-C to the builder too, which cleans up; this process only waits for it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => builder.kill('SIGTERM'));
builder.on('exit', (code) => process.exit(code ?? 1));
