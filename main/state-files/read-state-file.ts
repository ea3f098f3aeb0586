/** Reads a JSON state file. One that can't be parsed is moved aside under a new name, never deleted. */
import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import type { setAside } from '../../schema/snapshot';

export type SetAside = z.output<typeof setAside>;

export interface StateFile<T> {
  /** `null` when the file doesn't exist or can't be parsed */
  readonly value: T | null;
  readonly setAside: SetAside | null;
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const reasonOf = (error: unknown): string => {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
};

/** Reads `path` by `schema`. Rejects when the file exists and can't be opened. */
export async function readStateFile<T extends z.ZodType>(
  path: string,
  schema: T,
  now: () => number = Date.now,
): Promise<StateFile<z.output<T>>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return { value: null, setAside: null };
    throw error;
  }
  try {
    return { value: schema.parse(JSON.parse(text)), setAside: null };
  } catch (error) {
    const aside = `${path}.bad-${now()}`;
    await rename(path, aside);
    return { value: null, setAside: { path: aside, reason: reasonOf(error) } };
  }
}
