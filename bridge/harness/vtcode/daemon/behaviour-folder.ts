/**
 * The person's behaviour files: every `.edn` in a folder is a main file; files in folders below are only for including.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { BehaviourFile } from '../../../../schema/generated/pi-api';

export interface BehaviourFolder {
  readonly files: readonly BehaviourFile[];
  /** Names of main files, in alphabetical order */
  readonly mains: readonly string[];
}

/** Empty when there is no such folder. */
export async function readBehaviours(folder: string): Promise<BehaviourFolder> {
  const all = await readdir(folder, { recursive: true }).catch(() => []);
  const names = all.filter((name) => name.endsWith('.edn')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name: name.split(sep).join('/'), text: await readFile(join(folder, name), 'utf8') })),
  );
  return { files, mains: files.map(({ name }) => name).filter((name) => !name.includes('/')) };
}
