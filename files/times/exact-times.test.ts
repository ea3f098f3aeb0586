import { lstatSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExactTimes } from './exact-times';
import { installedPrograms, type Program } from './programs';

const folder = mkdtempSync(join(tmpdir(), 'piwork-exact-'));
const path = join(folder, 'f');
writeFileSync(path, '');
afterAll(() => rmSync(folder, { recursive: true }));

const timesOf = () => {
  const { atimeNs, mtimeNs } = lstatSync(path, { bigint: true });
  return [atimeNs, mtimeNs];
};
const begin = (): void => utimesSync(path, 7, 8);
/** Ends at its first request. */
const broken: Program = ['sh', ['-c', 'head -c 1 > /dev/null']];
/** Answers once and ends. */
const brief: Program = ['sh', ['-c', 'head -c 1 > /dev/null; printf 1']];

(process.platform === 'linux' ? describe : describe.skip)('times', () => {
  test.each(installedPrograms().map((program) => [program[0], program] as const))('by %s', (_name, program) => {
    const times = new ExactTimes([program]);
    begin();
    expect(times.set({ path, atimeNs: 1_700_000_000_123_456_789n, mtimeNs: -1n })).toBe(true);
    expect(timesOf()).toEqual([1_700_000_000_123_456_789n, -1n]);
    expect(times.set({ path, atimeNs: undefined, mtimeNs: -315_360_000_123_456_789n })).toBe(true);
    expect(timesOf()).toEqual([1_700_000_000_123_456_789n, -315_360_000_123_456_789n]);
    expect(times.set({ path, atimeNs: 5n, mtimeNs: undefined })).toBe(true);
    expect(timesOf()).toEqual([5n, -315_360_000_123_456_789n]);
    expect(times.set({ path: join(folder, 'missing'), atimeNs: 5n, mtimeNs: 5n })).toBe(false);
    times.end();
    expect(times.set({ path, atimeNs: undefined, mtimeNs: 6n })).toBe(true);
    expect(timesOf()).toEqual([5n, 6n]);
    times.end();
  });

  test.each([
    ['missing', ['piwork-no-such-program', []] as const],
    ['broken', broken],
  ])('when the first program is %s, the next one sets them', (_what, first) => {
    const times = new ExactTimes([first, ...installedPrograms()]);
    expect(times.set({ path, atimeNs: undefined, mtimeNs: 11n })).toBe(true);
    expect(timesOf()[1]).toBe(11n);
    times.end();
    const alone = new ExactTimes([first]);
    expect([alone.isAvailable, alone.set({ path, atimeNs: undefined, mtimeNs: 12n }), alone.isAvailable]).toEqual([
      true,
      false,
      false,
    ]);
    expect(timesOf()[1]).toBe(11n);
  });

  test('a program that ends later is started again', () => {
    const times = new ExactTimes([brief]);
    for (let count = 0; count < 3; count += 1) expect(times.set({ path, atimeNs: undefined, mtimeNs: 1n })).toBe(true);
    times.end();
  });
});
