/** How a host is set up in this installation: the folders around the bundles, and the person's own. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { HostOptions } from './services';
import type { OwnPlaces } from '../folders/guarded-places';
import { openFileKeyStore } from '../providers/file-key-store';
import { defaultCacheRoot, defaultStateRoot } from '../settings/state-folder';

const packageFile = z.object({ version: z.string() });

async function readJson<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T> | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : schema.parse(JSON.parse(text));
}

/** Piwork's own folders, which no task may have. */
export const ownPlaces = ({ stateRoot, cacheRoot, workers, program = workers }: HostOptions): OwnPlaces => ({
  ...{ stateRoot, cacheRoot, program },
});

/** `bundles` is the folder of the running bundle, dist/main. */
export async function readHostOptions(bundles: string): Promise<HostOptions> {
  const installation = join(bundles, '..', '..');
  const about = await readJson(join(installation, 'package.json'), packageFile);
  return {
    stateRoot: defaultStateRoot(),
    cacheRoot: defaultCacheRoot(),
    packFolder: process.env['PIWORK_PACK'] ?? join(installation, 'pack'),
    workers: bundles,
    program: resolve(installation),
    version: about?.version ?? '0.0.0',
    openKeys: openFileKeyStore,
  };
}
