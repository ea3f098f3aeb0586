/** Whether a folder's disk treats `Foo` and `foo` as one name, as disks of macOS and Windows usually do. */
import { lstatSync, opendirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** How many names are searched for one that contains a letter. */
const lookedAt = 64;

/** Changes only ASCII letters: all such disks fold those in the same way. */
const otherCase = (name: string): string =>
  /[a-z]/.test(name)
    ? name.replace(/[a-z]/g, (letter) => letter.toUpperCase())
    : name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Only looks, and writes nothing. When no name contains a letter, the usual answer for the platform is returned. */
export function foldsNames(root: string, platform: NodeJS.Platform): boolean {
  const cased = [
    ...firstNames(root).map((name) => [root, name] as const),
    [dirname(root), basename(root)] as const,
  ].find(([, name]) => otherCase(name) !== name);
  if (!cased) return platform === 'darwin' || platform === 'win32';
  const [folder, name] = cased;
  const there = identity(join(folder, name));
  return there !== null && there === identity(join(folder, otherCase(name)));
}

function firstNames(root: string): readonly string[] {
  const directory = opendirSync(root);
  try {
    const names: string[] = [];
    for (let entry = directory.readSync(); entry && names.length < lookedAt; entry = directory.readSync())
      names.push(entry.name);
    return names;
  } finally {
    directory.closeSync();
  }
}

function identity(path: string): string | null {
  const status = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return status ? `${status.dev}:${status.ino}` : null;
}
