/** A pack whose init also starts a prober as root, beside taskd: nothing in the product leads there. */
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeErofs } from '../../guest/pack/erofs';
import { describeFile, sha256 } from '../../guest/pack/file-digest';
import { readGuestCode } from '../../guest/pack/guest-code';
import { normaliseModes } from '../../guest/pack/root-tree';
import { packDigestText, packManifest } from '../../schema/pack';
import { installation, packFolder } from './environment';
import type { Place } from './place';

const startsTaskd = '/opt/node/bin/node $flags /opt/piwork/taskd.cjs &';
const imageName = 'piwork.erofs';

/** The product's own files, and the prober's. */
async function writeImage(tree: string, image: string): Promise<void> {
  await mkdir(tree);
  const files = await readGuestCode(join(installation, 'dist/guest'), join(installation, 'guest/init'));
  for (const { name, mode, content } of files) await writeFile(join(tree, name), content, { mode });
  const init = await readFile(join(tree, 'init.sh'), 'utf8');
  if (!init.includes(startsTaskd)) throw new Error(`init.sh no longer has the line ${startsTaskd}.`);
  const probe = 'python3 -B /opt/piwork/root-in-guest/probe.py &';
  await writeFile(join(tree, 'init.sh'), init.replace(startsTaskd, `${probe}\n${startsTaskd}`));
  await cp(join(__dirname, 'root-in-guest'), join(tree, 'root-in-guest'), { recursive: true });
  await normaliseModes(tree);
  await writeErofs(tree, image, AbortSignal.timeout(60_000));
  await rm(tree, { recursive: true });
}

/** The same prober makes the same pack, so its template is created once. */
export async function packWithRoot(place: Place): Promise<{ packFolder: string }> {
  const whole = packFolder();
  const folder = join(place.folder, 'pack');
  await mkdir(folder);
  const own = ['verified.json', 'manifest.json', imageName];
  const names = (await readdir(whole)).filter((name) => !own.includes(name));
  for (const name of names) await symlink(join(whole, name), join(folder, name));
  const image = join(folder, imageName);
  await writeImage(join(folder, 'tree'), image);
  const before = packManifest.parse(JSON.parse(await readFile(join(whole, 'manifest.json'), 'utf8')));
  const files = { ...before.files, piwork: await describeFile(image) };
  const manifest = { ...before, files, digest: sha256(packDigestText(files)) };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return { packFolder: folder };
}
