/**
 * What is in the folder of extensions: `name.edn`, or a folder `name/` with a `main.edn` and the files it includes.
 *
 * Links aren't followed. Anything too large or too many is reported and left out.
 */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extensionFile, extensionsCap, type ExtensionFile } from '../../schema/extensions';

export interface ExtensionSource {
  readonly name: string;
  readonly main: string;
  readonly files: readonly ExtensionFile[];
  /** Why it can't be read; empty when it can */
  readonly problems: readonly string[];
}

const ending = '.edn';
const mainName = `main${ending}`;
const depthCap = 4;
const filesCap = 50;

/** Names of behaviour files below a folder, relative to `root`, in a stable order. */
async function namesBelow(root: string, below: string, depth = 0): Promise<readonly string[]> {
  if (depth > depthCap) return [];
  const entries = await readdir(join(root, below), { withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = `${below}/${entry.name}`;
    if (entry.isDirectory()) names.push(...(await namesBelow(root, name, depth + 1)));
    else if (entry.isFile() && entry.name.endsWith(ending)) names.push(name);
  }
  return names;
}

async function readAll(root: string, names: readonly string[]): Promise<Pick<ExtensionSource, 'files' | 'problems'>> {
  if (names.length > filesCap)
    return { files: [], problems: [`An extension can have at most ${filesCap} files. Remove some.`] };
  const files: ExtensionFile[] = [];
  const problems: string[] = [];
  for (const name of names) {
    try {
      files.push(extensionFile.parse({ name, text: await readFile(join(root, name), 'utf8') }));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problems.push(
        `${name}: ${code === undefined ? 'the file is too large' : "Piwork can't read the file. Check its permissions"}`,
      );
    }
  }
  return { files, problems };
}

async function sourceOf(root: string, entry: string): Promise<ExtensionSource | null> {
  const status = await lstat(join(root, entry));
  if (status.isFile() && entry.endsWith(ending)) {
    return { name: entry.slice(0, -ending.length), main: entry, ...(await readAll(root, [entry])) };
  }
  if (!status.isDirectory() || entry.startsWith('.')) return null;
  const main = `${entry}/${mainName}`;
  const names = await namesBelow(root, entry);
  if (names.includes(main)) return { name: entry, main, ...(await readAll(root, names)) };
  return { name: entry, main, files: [], problems: [`${main} is missing.`] };
}

/** Sorted by name; empty when the folder doesn't exist. */
export async function readExtensions(root: string): Promise<readonly ExtensionSource[]> {
  const entries = await readdir(root).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const sources: ExtensionSource[] = [];
  for (const entry of entries.sort()) {
    const source = await sourceOf(root, entry);
    if (source) sources.push(source);
  }
  return sources.map((source, index) =>
    index < extensionsCap
      ? source
      : { ...source, files: [], problems: [`Piwork loads at most ${extensionsCap} extensions. Remove some.`] },
  );
}
