import type { FolderRef, PathTest } from '../condition';
import { globPattern } from '../pattern/glob';
import { factsOf } from './facts';
import { passesPathTest } from './paths';

const facts = factsOf({
  event: 'tool-call',
  places: { folder: '/mnt/workdir', outputs: '/mnt/outputs', uploads: null, temp: '/tmp' },
});

const passes = (paths: readonly string[], test: PathTest): boolean => passesPathTest(paths, test, facts);
const inside = (...folders: readonly FolderRef[]): PathTest => ({ kind: 'inside', folders });
const outside = (...folders: readonly FolderRef[]): PathTest => ({ kind: 'outside', folders });
const glob = (source: string): PathTest => ({ kind: 'glob', patterns: [globPattern(source)!] });
const folder: FolderRef = { named: 'folder' };

describe('inside and outside', () => {
  test.each([
    [['/mnt/workdir/a'], true],
    [['/mnt/workdir'], true],
    [['a/b.txt'], true],
    [['/mnt/workdir/a', '/etc/passwd'], false],
    [['/mnt/workdirs/a'], false],
    [['/mnt/workdir/../etc/passwd'], false],
    [['../x'], false],
    [[], false],
  ] as const)('%j', (paths, isInside) => {
    expect(passes(paths, inside(folder))).toBe(isInside);
    // For an event with a path, each is the opposite of the other.
    expect(passes(paths, outside(folder))).toBe(paths.length > 0 && !isInside);
  });

  test("several folders count as one, and a folder that the task doesn't have contains nothing", () => {
    expect(passes(['/mnt/outputs/x', 'a'], inside(folder, { named: 'outputs' }))).toBe(true);
    expect(passes(['/anything'], inside({ named: 'uploads' }))).toBe(false);
    expect(passes(['/opt/x/y'], inside({ path: '/opt/x/' }))).toBe(true);
  });
});

describe('globs', () => {
  test.each([
    ['*.md', ['/mnt/workdir/a.md'], true],
    ['*.md', ['/mnt/workdir/b/a.md'], false],
    ['**/*.key', ['/home/me/x.key'], true],
    ['/etc/**', ['/etc/ssh/config'], true],
    ['etc/**', ['/mnt/workdir/etc/x'], true],
    ['*.md', ['/x/a.txt', 'a.md'], true],
  ])('%s for %j', (source, paths, expected) => expect(passes(paths, glob(source))).toBe(expected));
});
