/** For tests: random texts of the EDN subset, the same for the same seed. */

/** Returns whole numbers from 0 up to, but not including, its argument. */
export type Random = (below: number) => number;

/** A small Park–Miller generator; good enough to vary texts. */
export function seededRandom(seed: number): Random {
  let state = (seed % 2147483646) + 1;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const atoms = [
  'nil',
  'true',
  '12',
  '-3.5e2',
  ':key',
  ':tool-call',
  'symbol',
  '"text"',
  '"a\\nb"',
  '"two\nlines"',
  '"é😀"',
];

function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[random(items.length)] ?? items[0];
}

let commentCount = 0;

function blank(random: Random): string {
  const kind = random(8);
  if (kind === 0) return `\n`;
  if (kind === 1) return '\n\n\n  ';
  if (kind === 2) return `  ;c${(commentCount += 1)} text }])\n `;
  if (kind === 3) return ' , ';
  if (kind === 4) return ' #_[a "b" {c d}] ';
  return ' ';
}

function form(random: Random, depth: number): string {
  const kind = depth > 5 ? 0 : random(6);
  if (kind < 3) return pick(random, atoms as [string, ...string[]]);
  const items = Array.from({ length: random(5) }, () => form(random, depth + 1));
  const joined = items.map((item) => `${blank(random)}${item}`).join('') + blank(random);
  if (kind === 3) return `[${joined}]`;
  if (kind === 4) return `(${joined})`;
  const members = items.map((item, index) => `${blank(random)}:k${index}${blank(random)}${item}`).join('');
  return `{${members}${blank(random)}}`;
}

/** A file with one value in it, with comments `;c1`, `;c2`, … and discards. */
export function randomText(random: Random): string {
  return `${blank(random)}{:top${blank(random)}${form(random, 0)}${blank(random)}:On [${form(random, 1)}${blank(random)}]}${blank(random)}`;
}
