/**
 * `npm run pack`: builds the runtime pack, unless it is already there.
 *
 * Steps go to standard error; the last line of standard output is `{"folder": …, "digest": …}`.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBaseLayer } from './base-layer';
import type { BuildContext } from './build-context';
import { readGuestCode } from './guest-code';
import { PackError, adviceFor, asPackError } from './pack-error';
import type { Pack } from './pack-folder';
import { ensurePack } from './pack-folder';
import { Progress } from './progress';
import { pruneFolders } from './prune';
import type { Arch } from './sources';

const keptPacks = 10;
const keptBases = 3;

const usage = `Builds the runtime pack that Piwork's virtual machine boots.
  --arch x64|arm64   the guest's architecture (default: this machine's)
  --guest FOLDER     bundles of the guest's code (default: dist/guest)
  --init FOLDER      the guest's boot scripts (default: guest/init)
  --cache FOLDER     where packs and downloads are kept (npm run pack: $PIWORK_CACHE or the platform's cache folder)
  --quick            trust files of the right size instead of hashing them again`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      arch: { type: 'string', default: process.arch },
      guest: { type: 'string', default: 'dist/guest' },
      init: { type: 'string', default: 'guest/init' },
      cache: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

function isArch(name: string): name is Arch {
  return name === 'x64' || name === 'arm64';
}

async function buildPackFrom(options: ReturnType<typeof readOptions>, signal: AbortSignal): Promise<Pack> {
  if (options.cache === undefined) throw new PackError('input_missing', 'The option --cache is missing.');
  if (!isArch(options.arch)) throw new PackError('unsupported', `There is no pack for ${options.arch}.`);
  const context: BuildContext = {
    arch: options.arch,
    cacheFolder: resolve(options.cache),
    check: options.quick ? 'sizes' : 'hashes',
    progress: new Progress((line) => console.error(line)),
    signal,
  };
  const guestFiles = await readGuestCode(options.guest, options.init);
  const base = await ensureBaseLayer(context, await readFile(join(options.init, 'initrd-init.sh')));
  const pack = await ensurePack(context, base, guestFiles);
  await pruneFolders(join(options.cache, 'packs'), keptPacks, pack.folder);
  await pruneFolders(join(options.cache, 'bases'), keptBases, base.folder);
  return pack;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) return console.log(usage);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const pack = await buildPackFrom(options, stop.signal);
  console.log(JSON.stringify({ folder: pack.folder, digest: pack.manifest.digest }));
}

main().catch((thrown: unknown) => {
  const error = asPackError(thrown);
  console.error(`${error.message}\n${adviceFor(error.code)}`);
  process.exitCode = 1;
});
