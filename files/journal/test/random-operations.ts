/** Random operations through the folder interface, the same for the same seed. */
import { Errno } from '../../folder/errno';
import { exchangeNames } from '../../folder/exchange-names';
import type { FolderFiles, Names } from '../../folder/folder-files';

export type Random = (below: number) => number;

/** Numbers from 0 to below a limit, from a 32-bit generator. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pick = <T>(random: Random, from: readonly T[]): T => {
  const found = from[random(from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** One isn't UTF-8, where the system has such names. */
const last = process.platform === 'linux' ? 'caf\udce9' : 'd';

/** Few names, so that operations collide. */
export const someNames = (random: Random, maxDepth = 3): Names =>
  Array.from({ length: 1 + random(maxDepth) }, () => pick(random, ['a', 'b', 'c', last]));

const bytes = (random: Random): Uint8Array => Buffer.from(`${random(1e9)}`.repeat(1 + random(20)));

function write(files: FolderFiles, names: Names, random: Random): void {
  const file = files.openFile(names, { isWritable: true });
  try {
    if (random(3) === 0) file.setSize(random(30));
    if (random(4) > 0) file.write(bytes(random), random(40));
    if (random(5) === 0) file.setMode(0o600 + random(64));
  } finally {
    file.close();
  }
}

function create(files: FolderFiles, names: Names, random: Random): void {
  const file = files.createFile(names, 0o600 + random(64));
  try {
    if (random(4) > 0) file.write(bytes(random), 0);
  } finally {
    file.close();
  }
}

/** Editors save like this: a new file replaces the old one. */
function saveAtomically(files: FolderFiles, names: Names, random: Random): void {
  const beside = [...names.slice(0, -1), '.tmp'];
  create(files, beside, random);
  files.rename(beside, names, { onExisting: 'replace' });
}

/** Before and after 1970, in nanoseconds where the system can set them. */
const randomTime = (random: Random): bigint =>
  BigInt(random(3) - 1) * BigInt(1e18) + BigInt(random(1e9)) * (process.platform === 'linux' ? 1n : 1000n);

type Operation = (files: FolderFiles, random: Random) => void;

const operations: readonly Operation[] = [
  (files, random) => create(files, someNames(random), random),
  (files, random) => write(files, someNames(random), random),
  (files, random) => write(files, someNames(random), random),
  (files, random) => files.makeDirectory(someNames(random, 2), 0o700 + random(64)),
  (files, random) => files.makeSymlink(someNames(random), pick(random, ['a', '../b', `${last}/x`])),
  link,
  (files, random) => files.removeFile(someNames(random)),
  (files, random) => files.removeFile(someNames(random)),
  (files, random) => files.removeDirectory(someNames(random, 2)),
  (files, random) => files.rename(someNames(random), someNames(random), { onExisting: 'replace' }),
  (files, random) => files.rename(someNames(random), someNames(random), { onExisting: 'replace' }),
  (files, random) => files.rename(someNames(random, 2), someNames(random, 2), { onExisting: 'keep' }),
  (files, random) => exchangeNames(files, someNames(random, 2), someNames(random, 2)),
  (files, random) => files.setMode(someNames(random), 0o700 + random(64)),
  (files, random) => files.setTimes(someNames(random), { mtimeNs: randomTime(random) }),
  (files, random) => saveAtomically(files, someNames(random), random),
  (files, random) => removeAll(files, someNames(random, 2)),
];

/** Second names of links are left out: the times of a link with a name outside the turn don't come back. */
function link(files: FolderFiles, random: Random): void {
  const existing = someNames(random);
  if (files.status(existing).kind === 'file') files.makeHardLink(existing, someNames(random));
}

/** `rm -rf` */
function removeAll(files: FolderFiles, names: Names): void {
  for (const { name, kind } of files.list(names)) {
    if (kind === 'directory') removeAll(files, [...names, name]);
    else files.removeFile([...names, name]);
  }
  files.removeDirectory(names);
}

/** Does one operation; returns `false` when the folder refused it. */
export function operate(files: FolderFiles, random: Random): boolean {
  try {
    pick(random, operations)(files, random);
    return true;
  } catch (error) {
    if (error instanceof Errno) return false;
    throw error;
  }
}
