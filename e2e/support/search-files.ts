/** Searches whole folders. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths of the files below a folder that contain any of the words. */
export async function filesWith(folder: string, words: readonly Buffer[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const found = await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(path);
      return words.some((word) => text.includes(word)) ? [path] : [];
    }),
  );
  return found.flat();
}
