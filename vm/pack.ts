/** The pack on disk: found by its manifest. A file is hashed again whenever it may have changed. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { packManifest, type PackManifest } from '../schema/pack';
import { VmFailureError } from './failures';

export interface Pack {
  readonly manifest: PackManifest;
  /** Absolute paths */
  readonly kernel: string;
  readonly initrd: string;
  readonly root: string;
  readonly piwork: string;
}

/** Size, time and inode of the files when their hashes were right. */
const verifiedFiles = z.record(z.string(), z.string());
const stampName = 'verified.json';

async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function readManifest(folder: string): Promise<PackManifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch((error: unknown) => {
    throw new VmFailureError('pack_missing', folder, { cause: error });
  });
  try {
    return packManifest.parse(JSON.parse(text));
  } catch (error) {
    throw new VmFailureError('pack_damaged', "manifest.json isn't a pack's manifest", { cause: error });
  }
}

/**
 * Opens a pack. Doesn't read a file again when its size, time and inode are the same as in its last good check.
 * @throws VmFailureError `pack_missing`, or `pack_damaged` naming the file
 */
export async function openPack(folder: string): Promise<Pack> {
  const manifest = await readManifest(folder);
  const stamp = join(folder, stampName);
  const before: Readonly<Record<string, string>> = await readFile(stamp, 'utf8')
    .then((text) => verifiedFiles.parse(JSON.parse(text)))
    .catch(() => ({}));
  const now: Record<string, string> = {};
  for (const { name, sha256, bytes } of Object.values(manifest.files)) {
    const path = join(folder, name);
    const found = await stat(path).catch((error: unknown) => {
      throw new VmFailureError('pack_missing', name, { cause: error });
    });
    const identity = [sha256, found.size, found.mtimeMs, found.ino].join(' ');
    const isKnown = before[name] === identity;
    if (found.size !== bytes || (!isKnown && (await fileSha256(path)) !== sha256)) {
      throw new VmFailureError('pack_damaged', `the checksum of ${name} doesn't match its manifest`);
    }
    now[name] = identity;
  }
  // Only saves time at the next start. In a folder that can't be written, files are hashed each time.
  await writeFile(stamp, JSON.stringify(now)).catch(() => undefined);
  const { kernel, initrd, root, piwork } = manifest.files;
  return {
    manifest,
    kernel: join(folder, kernel.name),
    initrd: join(folder, initrd.name),
    root: join(folder, root.name),
    piwork: join(folder, piwork.name),
  };
}
