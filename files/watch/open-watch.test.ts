import { EventEmitter } from 'node:events';
import {
  chmodSync,
  type FSWatcher,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DirectoryListener, FolderWatch } from './folder-watch';
import { LinuxWatch } from './linux-watch';
import { openWatch } from './open-watch';
import { RecursiveWatch } from './recursive-watch';

const deaf: DirectoryListener = { changed: () => undefined, missed: () => undefined };
const isLinux = process.platform === 'linux';
const ways: readonly NodeJS.Platform[] = isLinux ? ['linux', 'darwin'] : [process.platform];

describe.each(ways)('watching by %s', (platform) => {
  let root: string;
  let watch: FolderWatch;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'piwork-watch-'));
    mkdirSync(join(root, 'd'));
    writeFileSync(join(root, 'd', 'f'), '1');
    watch = openWatch(root, platform);
  });
  afterEach(() => {
    watch.close();
    rmSync(root, { recursive: true });
  });

  test.each<[string, () => void, string]>([
    ['a new file', () => writeFileSync(join(root, 'd', 'new'), ''), 'new'],
    ['other content', () => writeFileSync(join(root, 'd', 'f'), '22'), 'f'],
    ['a mode', () => chmodSync(join(root, 'd', 'f'), 0o600), 'f'],
    ['a removal', () => rmSync(join(root, 'd', 'f')), 'f'],
    ['a rename', () => renameSync(join(root, 'd', 'f'), join(root, 'd', 'g')), 'g'],
  ])('%s is reported by its name', async (_what, act, name) => {
    await new Promise<void>((resolve) => {
      const changed = (told: string | null) => told === name && resolve();
      expect(watch.watch(['d'], { ...deaf, changed })).not.toBeNull();
      // Node's own recursive watching on Linux needs a turn of the event loop to start.
      setImmediate(act);
    });
  });
});

(isLinux ? describe : describe.skip)('watching by handles', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'piwork-watch-'));
    for (const name of ['root/d', 'outside']) mkdirSync(join(base, name), { recursive: true });
  });
  afterEach(() => rmSync(base, { recursive: true }));

  test('continues when the directory is renamed', async () => {
    const watch = new LinuxWatch(join(base, 'root'));
    await new Promise<void>((resolve) => {
      watch.watch(['d'], { ...deaf, changed: (name) => name === 'x' && resolve() });
      renameSync(join(base, 'root', 'd'), join(base, 'root', 'moved'));
      writeFileSync(join(base, 'root', 'moved', 'x'), '');
    });
    watch.close();
  });

  test.each<[string, (path: string) => void]>([
    ['removed', rmdirSync],
    ['moved', (path) => renameSync(path, `${path}-moved`)],
  ])('reports that a directory was %s, and may report nothing more', async (_what, act) => {
    const others = Array.from({ length: 20 }, (_, index) => `${index}`);
    for (const name of others) mkdirSync(join(base, 'root', name));
    const watch = new LinuxWatch(join(base, 'root'));
    await new Promise<void>((resolve) => {
      watch.watch(['d'], { ...deaf, missed: resolve });
      act(join(base, 'root', 'd'));
      // The system keeps it until nobody has it open.
      for (const name of others) watch.watch([name], deaf);
    });
    watch.close();
  });

  test('notifies all listeners when the system reports an overflow', async () => {
    const watch = new LinuxWatch(join(base, 'root'));
    const missed = Promise.all(
      [[], ['d']].map((names) => new Promise<void>((resolve) => watch.watch(names, { ...deaf, missed: resolve }))),
    );
    // More changes than fit the system's queue. The queue merges equal changes that follow each other, so these
    // alternate.
    const [one, other] = ['one', 'other'].map((name) => join(base, 'root', 'd', name)) as [string, string];
    for (const path of [one, other]) writeFileSync(path, '');
    for (let index = 0; index < 20_000; index += 1) chmodSync(index % 2 === 0 ? one : other, 0o600 + (index % 3));
    await missed;
    watch.close();
  });

  test('follows no link, and has a limit', () => {
    symlinkSync('../outside', join(base, 'root', 'l'));
    const watch = new LinuxWatch(join(base, 'root'), 1);
    expect(watch.watch(['l'], deaf)).toBeNull();
    expect(watch.watch(['..'], deaf)).toBeNull();
    expect(watch.watch(['gone'], deaf)).toBeNull();
    const first = watch.watch(['d'], deaf);
    expect(watch.watch([], deaf)).toBeNull();
    first?.close();
    expect(watch.watch([], deaf)).not.toBeNull();
    watch.close();
  });
});

test("watching a whole folder notifies all listeners when events come without a name, or can't come", () => {
  const watcher = Object.assign(new EventEmitter(), { close: () => undefined }) as unknown as FSWatcher;
  const watch = new RecursiveWatch('any', () => watcher);
  const missed: string[] = [];
  for (const name of ['a', 'b']) watch.watch([name], { ...deaf, missed: () => missed.push(name) });
  watcher.emit('change', 'rename', null);
  expect(missed).toEqual(['a', 'b']);
  expect(watch.watch(['c'], deaf)).not.toBeNull();
  watcher.emit('error', new Error('no more'));
  expect(missed).toEqual(['a', 'b', 'a', 'b']);
  expect(watch.watch(['d'], deaf)).toBeNull();
});
