/** A folder of files with names as awkward as a file system allows, and a list of what they contain. */
import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface FolderTruth {
  readonly files: number;
  readonly bytes: number;
  readonly newest: string;
}

const awkwardStems = [
  'plain',
  'with space',
  ' leading space',
  "single'quote",
  'double"quote',
  'new\nline',
  'tab\there',
  '-rf',
  '--help',
  'ünïcödé',
  '日本語',
  'emoji 🎉',
  '`backtick`',
  'pipe|and*star?',
  '$(touch pwned)',
  '%s%n',
  'back\\slash',
  '.hidden',
  'u2028\u2028line',
  'json',
];
const endings = ['.txt', '.md', '.csv', '.png', '.py', '.PDF', '', '.tar.gz', '.weird ending'];

/** Makes `count` files below `folder`, always the same for the same seed. */
export function makeAwkwardFiles(folder: string, count: number, seed = 1): FolderTruth {
  let state = seed;
  const random = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const pick = <T>(values: readonly T[]): T => values[random(values.length)] as T;

  let bytes = 0;
  let newest = { name: '', at: 0 };
  for (let index = 0; index < count; index++) {
    const place = pick(['', '', 'sub folder', '-dash/deep er', 'ñ']);
    const name = join(place, `${pick(awkwardStems)}${index}${pick(endings)}`);
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${pick(awkwardStems)}\n`.repeat(random(40)));
    const at = 1_600_000_000 + random(100_000_000);
    utimesSync(path, at, at);
    bytes += statSync(path).size;
    if (at > newest.at) newest = { name, at };
  }
  return { files: count, bytes, newest: newest.name };
}
