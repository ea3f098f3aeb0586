/**
 * The slow layer: kernel, initrd and root.erofs, made once per set of sources and kept in `<cache>/bases/<key>`.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packManifest } from '../../schema/pack';
import { buildBootFiles } from './boot-files';
import type { BuildContext } from './build-context';
import { erofsOptions } from './erofs';
import { describeFile, sha256 } from './file-digest';
import { hasFiles, readRecord } from './layer-record';
import { PackError } from './pack-error';
import { emptyFolders, removedFromRoot, rootFiles, rootLinks } from './root-files';
import { canCompilePython } from './python-bytecode';
import { requireTools } from './required-tools';
import { buildRootImage } from './root-image';
import type { Arch } from './sources';
import * as sources from './sources';
import { makeWholeFolder, removeUnfinished } from './whole-folder';

/** Raised when the build steps change in a way that the tables in `baseKey` don't show. */
const builderVersion = 2;

const baseRecord = z.strictObject({
  versions: packManifest.shape.versions,
  files: packManifest.shape.files.omit({ piwork: true }),
});

type BaseRecord = z.output<typeof baseRecord>;

/** A finished base layer: its name, its folder, and what is in it. */
export type BaseLayer = BaseRecord & { key: string; folder: string };

/** Names a base layer by everything that it is made from. */
export function baseKey(arch: Arch, initrdScript: Uint8Array): string {
  const recipe = {
    builderVersion,
    arch,
    pythonCompiled: canCompilePython(arch),
    sources: { ...sources, nodeSource: sources.nodeSource[arch], debianArch: sources.debianArch[arch] },
    root: { removedFromRoot, emptyFolders, rootFiles, rootLinks },
    erofsOptions,
    initrd: sha256(initrdScript),
  };
  return `${arch}-${sha256(JSON.stringify(recipe)).slice(0, 16)}`;
}

/** Returns the base layer. Builds it when it is missing or its files differ from its record. */
export async function ensureBaseLayer(context: BuildContext, initrdScript: Buffer): Promise<BaseLayer> {
  const parent = join(context.cacheFolder, 'bases');
  const key = baseKey(context.arch, initrdScript);
  const folder = join(parent, key);
  const recordFile = join(folder, 'base.json');
  const present = await readRecord(recordFile, baseRecord);
  if (present && (await hasFiles(folder, Object.values(present.files), context.check))) {
    return { ...present, key, folder };
  }

  await requireTools();
  await rm(folder, { recursive: true, force: true });
  await removeUnfinished(parent);
  await makeWholeFolder(folder, (unfinished) => buildBase(context, initrdScript, unfinished));
  const built = await readRecord(recordFile, baseRecord);
  if (!built) throw new PackError('tool_failed', `${recordFile} vanished while it was being made.`);
  return { ...built, key, folder };
}

async function buildBase(context: BuildContext, initrdScript: Buffer, target: string): Promise<void> {
  const work = join(target, 'work');
  await mkdir(work);
  const kernel = await buildBootFiles(context, { initrdScript, workFolder: join(work, 'boot'), target });
  const debian = await buildRootImage(context, { workFolder: join(work, 'root'), target });
  await rm(work, { recursive: true });

  const record: BaseRecord = {
    versions: {
      debian,
      kernel,
      node: sources.nodeSource[context.arch].version,
      pi: sources.piSource.version,
      jiti: sources.jitiSource.version,
    },
    files: {
      kernel: await describeFile(join(target, 'vmlinux')),
      initrd: await describeFile(join(target, 'initrd.zst')),
      root: await describeFile(join(target, 'root.erofs')),
    },
  };
  await writeFile(join(target, 'base.json'), `${JSON.stringify(record, null, 2)}\n`);
}
