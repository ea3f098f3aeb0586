// `npm start`: sets up the machine if needed, then runs Piwork with the given arguments.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { otherElectron } from './electron.mjs';
import { setup, setupBundles } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);

/** A window needs a display and, for its sandbox, an ordinary user. */
const wantsWindow =
  words.length === 0 &&
  process.getuid?.() !== 0 &&
  (process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']));

/** Commands that run no virtual machine don't wait until one is built. */
const needsNoMachine = words[0] === 'bridge';

const { pack, electron } = needsNoMachine
  ? await setupBundles().then(() => ({ pack: undefined, electron: undefined }))
  : await setup({ forWindow: wantsWindow });
const note = electron && (await otherElectron(electron));
if (note) console.log(note);
const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/main/cli.cjs'), ...words], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(pack ? { PIWORK_PACK: pack.folder } : {}),
    ...(electron ? { PIWORK_ELECTRON: electron.executable } : {}),
  },
});
// The terminal sends Ctrl-C to the child too; this process only waits for its end.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
