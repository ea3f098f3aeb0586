/** Records of pi with strange values in them, the same ones for the same seed. */

export type Random = () => number;

/** Numbers from 0 to 1; the same ones for the same seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const strange: ReadonlyArray<() => unknown> = [
  ...[null, true, false, '', ' ', '0', 'null', 'toString', '__proto__', 7, -1, 0.5, 1e300, -1e300, 1e9].map(
    (value) => (): unknown => value,
  ),
  ...['\u0000', '\ud800', 'a\u2028b', '\u202e', '\u001b]0;title\u0007', '../..', '{"a":1}'].map((value) => () => value),
  () => [],
  () => ({}),
  () => [[]],
  () => [null, 7, { type: 'text' }, { type: 'text', text: 7 }, { type: 9 }],
  (): unknown => JSON.parse('{"__proto__":{"x":1},"constructor":2,"type":"text"}'),
  () => 'x'.repeat(200),
];
/** Rare: it is what costs time */
const long = (): unknown => 'long '.repeat(40_000);

type Branch = Record<string, unknown>;

/** Every object and list in a value, itself included. */
function branches(value: unknown, found: Branch[] = []): Branch[] {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value as Branch);
  for (const member of Object.values(value)) branches(member, found);
  return found;
}

/** A copy with one to three members that are strange, missing, doubled or in each other's place. */
export function mutate(record: object, random: Random, spared: readonly string[] = []): object {
  const copy = structuredClone(record);
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
    const branch = pick(random, branches(copy));
    const names = Object.keys(branch).filter((name) => branch !== (copy as Branch) || !spared.includes(name));
    if (names.length === 0) continue;
    const name = pick(random, names);
    const choice = random();
    if (choice < 0.15) delete branch[name];
    else if (choice < 0.3) branch[name] = branch[pick(random, names)];
    else if (choice < 0.4) branch[name] = [branch[name], branch[name]];
    else if (choice < 0.405) branch[name] = long();
    else branch[name] = pick(random, strange)();
  }
  // Two members may hold the same value now; what comes over a wire is a tree.
  return JSON.parse(JSON.stringify(copy)) as object;
}
