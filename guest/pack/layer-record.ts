import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { PackFile } from '../../schema/pack';
import { describeFile } from './file-digest';

/** How thoroughly to check a finished folder before reusing it: sizes only, or every byte. */
export type CheckDepth = 'sizes' | 'hashes';

/** Reads a folder's JSON record; undefined when it is missing or not of this format. */
export async function readRecord<S extends z.ZodType>(file: string, schema: S): Promise<z.output<S> | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Missing, cut off, or from another version of the builder: build the folder again.
    return undefined;
  }
}

/** Whether a folder's files match its record. */
export async function hasFiles(folder: string, files: readonly PackFile[], depth: CheckDepth): Promise<boolean> {
  for (const expected of files) {
    const path = join(folder, expected.name);
    const found = await stat(path).catch(() => undefined);
    if (found?.size !== expected.bytes) return false;
    if (depth === 'hashes' && (await describeFile(path)).sha256 !== expected.sha256) return false;
  }
  return true;
}
