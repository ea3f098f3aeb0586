// `npm run bench [-- NAME…]`: sets up, then runs the benches. Prints the results and saves them in test-results/bench.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { hostPi } from './host-pi.mjs';
import { root } from './run-step.mjs';
import { setup } from './setup.mjs';

const { pack } = await setup();
const pi = (await hostPi(cacheFolder())) ?? {};
const child = spawn(
  process.execPath,
  ['--enable-source-maps', join(root, 'dist/bench/cli.cjs'), ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PIWORK_PACK: pack.folder, ...pi },
  },
);
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
