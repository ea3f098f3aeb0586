/** Whether a folder's disk takes `Foo` and `foo` for one name, as those of macOS and Windows usually do. */
import { lstatSync, opendirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** So many names are looked at for one with a letter. */
const lookedAt = 64;

/** By letters of ASCII alone, of which all such disks think alike. */
const otherCase = (name: string): string =>
  /[a-z]/.test(name)
    ? name.replace(/[a-z]/g, (letter) => letter.toUpperCase())
    : name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Found out by looking only; where no name has a letter, it is what the system's disks usually do. */
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
