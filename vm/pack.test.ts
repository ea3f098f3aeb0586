import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packDigestText, type PackFile, type PackManifest } from '../schema/pack';
import { openPack } from './pack';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const entry = (name: string, text: string): PackFile => ({ name, sha256: sha256(text), bytes: text.length });

const contents = { kernel: 'kernel bytes', initrd: 'initrd bytes', root: 'root bytes', piwork: 'piwork bytes' };
const files: PackManifest['files'] = {
  kernel: entry('vmlinux', contents.kernel),
  initrd: entry('initrd', contents.initrd),
  root: entry('root.erofs', contents.root),
  piwork: entry('piwork.erofs', contents.piwork),
};
const manifest: PackManifest = {
  format: 1,
  digest: sha256(packDigestText(files)),
  arch: 'x64',
  versions: { pi: '1.5.2' },
  files,
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-pack-'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  for (const [key, text] of Object.entries(contents)) {
    await alter(files[key as keyof typeof files].name, text);
  }
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Different bytes with the same length and time, which only a checksum shows. */
async function alter(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, text);
  await utimes(path, 1_700_000_000, 1_700_000_000);
}

test('opens a complete pack by the names in its manifest', async () => {
  expect(await openPack(folder)).toEqual({
    manifest,
    kernel: join(folder, 'vmlinux'),
    initrd: join(folder, 'initrd'),
    root: join(folder, 'root.erofs'),
    piwork: join(folder, 'piwork.erofs'),
  });
});

test.each([
  ['a folder that is not there', () => rm(folder, { recursive: true }), { reason: 'pack_missing' }],
  ['a file that is not there', () => rm(join(folder, 'initrd')), { reason: 'pack_missing', detail: 'initrd' }],
  [
    'a file of other bytes',
    () => alter('root.erofs', 'root bytez'),
    { reason: 'pack_damaged', detail: "the checksum of root.erofs doesn't match its manifest" },
  ],
  [
    'a file that is cut off',
    () => writeFile(join(folder, 'vmlinux'), 'kernel'),
    { reason: 'pack_damaged', detail: "the checksum of vmlinux doesn't match its manifest" },
  ],
  [
    'a torn manifest',
    () => writeFile(join(folder, 'manifest.json'), '{"format":1,'),
    { reason: 'pack_damaged', detail: "manifest.json isn't a pack's manifest" },
  ],
  [
    'a manifest that names files elsewhere',
    () =>
      writeFile(
        join(folder, 'manifest.json'),
        JSON.stringify({ ...manifest, files: { ...files, kernel: { ...files.kernel, name: '../vmlinux' } } }),
      ),
    { reason: 'pack_damaged', detail: "manifest.json isn't a pack's manifest" },
  ],
])('names %s', async (_name, damage, error) => {
  await damage();
  await expect(openPack(folder)).rejects.toMatchObject(error);
});

test('reads a file again only when it may have changed', async () => {
  await openPack(folder);
  // While size, time and inode stay the same, the bytes aren't read.
  await alter('piwork.erofs', 'piwork bytez');
  await openPack(folder);
  await utimes(join(folder, 'piwork.erofs'), new Date(), new Date(1));
  await expect(openPack(folder)).rejects.toMatchObject({ reason: 'pack_damaged' });
  await alter('piwork.erofs', contents.piwork);
  await openPack(folder);
});

test.each(['', '{', '[]', '{"initrd":7}'])('an unreadable stamp counts as none: %j', async (text) => {
  await writeFile(join(folder, 'verified.json'), text);
  await alter('initrd', 'initrd bytez');
  await expect(openPack(folder)).rejects.toMatchObject({ reason: 'pack_damaged' });
});

test("also opens a pack in a place that can't be written", async () => {
  await writeFile(join(folder, 'verified.json'), '{}');
  await chmod(join(folder, 'verified.json'), 0o400);
  await chmod(folder, 0o500);
  await expect(openPack(folder)).resolves.toMatchObject({ manifest });
  await chmod(folder, 0o700);
});
