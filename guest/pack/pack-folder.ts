/** The fast layer and the finished pack: piwork.erofs beside hard links to the base layer's files. */
import { copyFile, link, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackManifest } from '../../schema/pack';
import { packDigestText, packManifest } from '../../schema/pack';
import type { BaseLayer } from './base-layer';
import type { BuildContext } from './build-context';
import { writeErofs } from './erofs';
import { describeFile, sha256 } from './file-digest';
import type { GuestFile } from './guest-code';
import { hasFiles, readRecord } from './layer-record';
import { PackError } from './pack-error';
import { normaliseModes } from './root-tree';
import { makeWholeFolder, removeUnfinished } from './whole-folder';

/** A finished pack: its folder and its `manifest.json`. */
export type Pack = { folder: string; manifest: PackManifest };

/** Names a pack by its base layer and its guest code. */
export function packKey(base: string, guestFiles: readonly GuestFile[]): string {
  const lines = guestFiles.map((file) => `${sha256(file.content)} ${file.mode.toString(8)} ${file.name}`);
  return `${base}-${sha256(lines.join('\n')).slice(0, 16)}`;
}

/** Returns the pack made of a base layer and guest code. Builds it when it is missing. */
export async function ensurePack(
  context: BuildContext,
  base: BaseLayer,
  guestFiles: readonly GuestFile[],
): Promise<Pack> {
  const parent = join(context.cacheFolder, 'packs');
  const folder = join(parent, packKey(base.key, guestFiles));
  const manifestFile = join(folder, 'manifest.json');
  const present = await readRecord(manifestFile, packManifest);
  if (present && (await hasFiles(folder, Object.values(present.files), context.check))) {
    // Pruning removes the oldest packs first, so mark this one as in use.
    await utimes(folder, new Date(), new Date());
    return { folder, manifest: present };
  }

  await rm(folder, { recursive: true, force: true });
  await removeUnfinished(parent);
  await context.progress.step('pack', () =>
    makeWholeFolder(folder, (unfinished) => buildPack(context, { base, guestFiles, target: unfinished })),
  );
  const manifest = await readRecord(manifestFile, packManifest);
  if (!manifest) throw new PackError('tool_failed', `${manifestFile} vanished while it was being made.`);
  return { folder, manifest };
}

async function buildPack(
  context: BuildContext,
  { base, guestFiles, target }: { base: BaseLayer; guestFiles: readonly GuestFile[]; target: string },
): Promise<void> {
  const tree = join(target, 'tree');
  await mkdir(tree);
  for (const file of guestFiles) await writeFile(join(tree, file.name), file.content, { mode: file.mode });
  await normaliseModes(tree);
  await writeErofs(tree, join(target, 'piwork.erofs'), context.signal);
  await rm(tree, { recursive: true });

  for (const { name } of Object.values(base.files)) await linkOrCopy(join(base.folder, name), join(target, name));
  const files = { ...base.files, piwork: await describeFile(join(target, 'piwork.erofs')) };
  const manifest: PackManifest = {
    format: 1,
    digest: sha256(packDigestText(files)),
    arch: context.arch,
    versions: base.versions,
    files,
  };
  await writeFile(join(target, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    // The file system has no hard links: a copy takes more space, but works.
    await copyFile(from, to);
  }
}
