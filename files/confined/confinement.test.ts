import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openFolder } from './open-folder';
import { at, base, codeOf, files, hostile, isLinux, names, root, textOf, useFolder, ways } from './test/folder-stage';

describe.each(ways)('what a folder with %s paths keeps in and out', (platform) => {
  useFolder(platform);

  test("the root itself can't be moved or removed", () => {
    expect(files.status([])).toMatchObject({ kind: 'directory' });
    for (const act of [
      () => files.removeDirectory([]),
      () => files.removeFile([]),
      () => files.rename([], ['x'], { onExisting: 'replace' }),
      () => files.rename(['d'], [], { onExisting: 'replace' }),
    ]) {
      expect(codeOf(act)).not.toBe('done');
    }
    expect(names().sort()).toEqual(['d', 'f']);
  });

  test('no file gets the set-user-id bit', () => {
    files.setMode(['f'], 0o6755);
    files.createFile(['s'], 0o4711).close();
    expect(files.status(['f']).mode).toBe(0o755);
    expect(files.status(['s']).mode).toBe(0o711);
  });

  test('links are stored as they are and never followed', () => {
    files.makeSymlink(['l'], '../outside/secret');
    symlinkSync('../outside', at('out'));
    symlinkSync(join(base, 'outside'), at('d', 'absolute'));
    expect(files.status(['l']).kind).toBe('symlink');
    expect(files.readLink(['l'])).toBe('../outside/secret');
    expect(readlinkSync(at('l'))).toBe('../outside/secret');
    const before = lstatSync(join(base, 'outside', 'secret'));
    for (const act of [
      () => files.openFile(['l'], { isWritable: false }),
      () => files.openFile(['l'], { isWritable: true }),
      () => files.createFile(['l'], 0o600),
      () => files.setMode(['l'], 0o777),
      () => files.list(['out']),
      () => files.status(['out', 'secret']),
      () => files.openFile(['out', 'secret'], { isWritable: false }),
      () => files.openFile(['d', 'absolute', 'secret'], { isWritable: false }),
      () => files.createFile(['out', 'new'], 0o600),
      () => files.makeDirectory(['out', 'new'], 0o700),
      () => files.makeSymlink(['out', 'new'], 'x'),
      () => files.makeHardLink(['out', 'secret'], ['stolen']),
      () => files.makeHardLink(['f'], ['out', 'new']),
      () => files.removeFile(['out', 'secret']),
      () => files.removeDirectory(['out']),
      () => files.rename(['out', 'secret'], ['stolen'], { onExisting: 'replace' }),
      () => files.rename(['f'], ['out', 'secret'], { onExisting: 'replace' }),
      () => files.setMode(['out', 'secret'], 0o777),
      () => files.setTimes(['out', 'secret'], { mtimeNs: 0n }),
    ]) {
      expect(codeOf(act)).toMatch(/^(ELOOP|ENOTDIR|EEXIST|EOPNOTSUPP)$/);
    }
    files.setTimes(['l'], { mtimeNs: 1_000_000_000_000_000_000n });
    files.rename(['l'], ['l2'], { onExisting: 'replace' });
    files.makeHardLink(['l2'], ['l3']);
    expect(files.status(['l3'])).toMatchObject({ kind: 'symlink', mtimeNs: 1_000_000_000_000_000_000n });
    files.removeFile(['l2']);
    files.removeFile(['out']);
    const after = lstatSync(join(base, 'outside', 'secret'));
    expect([after.mode, after.mtimeMs, after.ctimeMs]).toEqual([before.mode, before.mtimeMs, before.ctimeMs]);
    expect(readFileSync(join(base, 'outside', 'secret'), 'utf8')).toBe('SECRET');
  });

  test.each([[['d']], [['d', 'e']]])("a link that replaces %j after it was walked isn't followed", (place) => {
    expect(textOf(['d', 'e', 'deep'])).toBe('deep');
    renameSync(at(...place), join(base, 'parked'));
    mkdirSync(join(base, 'outside', 'e'));
    for (const folder of [[], ['e']]) writeFileSync(join(base, 'outside', ...folder, 'deep'), 'SECRET');
    symlinkSync(join(base, 'outside'), at(...place));
    expect(codeOf(() => textOf(['d', 'e', 'deep']))).toBe('ENOTDIR');
    expect(codeOf(() => files.list(['d', 'e']))).toBe('ENOTDIR');
    expect(codeOf(() => files.createFile(['d', 'e', 'new'], 0o600))).toBe('ENOTDIR');
    rmSync(at(...place));
    expect(codeOf(() => textOf(['d', 'e', 'deep']))).toBe('ENOENT');
    renameSync(join(base, 'parked'), at(...place));
    expect(textOf(['d', 'e', 'deep'])).toBe('deep');
  });

  test.each(hostile)('the name %j is refused everywhere', (name) => {
    const before = names().sort();
    for (const list of [[name], ['d', name], [name, 'f']]) {
      for (const act of [
        () => files.status(list),
        () => files.list(list),
        () => files.readLink(list),
        () => files.openFile(list, { isWritable: true }),
        () => files.createFile(list, 0o600),
        () => files.makeDirectory(list, 0o700),
        () => files.makeSymlink(list, 'x'),
        () => files.makeHardLink(['f'], list),
        () => files.makeHardLink(list, ['x']),
        () => files.removeFile(list),
        () => files.removeDirectory(list),
        () => files.rename(['f'], list, { onExisting: 'replace' }),
        () => files.rename(list, ['x'], { onExisting: 'replace' }),
        () => files.setMode(list, 0o777),
        () => files.setTimes(list, { mtimeNs: 0n }),
      ]) {
        expect(codeOf(act)).toMatch(/^(EINVAL|ENAMETOOLONG)$/);
      }
    }
    expect(names().sort()).toEqual(before);
  });

  test('half of a surrogate pair is refused as a name, and the depth is limited', () => {
    expect(codeOf(() => files.createFile(['a\ud800'], 0o600))).toBe('EILSEQ');
    expect(codeOf(() => files.status(Array<string>(300).fill('d')))).toBe('ENAMETOOLONG');
  });

  test('a pipe and a socket are listed and never opened', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const server = createServer().listen(at('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(files.list([]).filter(({ kind }) => kind === 'other')).toHaveLength(2);
    for (const name of ['pipe', 'socket']) {
      for (const isWritable of [true, false]) {
        expect(codeOf(() => files.openFile([name], { isWritable }))).toBe('EPERM');
      }
      expect(codeOf(() => files.makeHardLink([name], ['x']))).toBe('EPERM');
      expect(codeOf(() => files.setMode([name], 0o777))).toBe('EPERM');
    }
    files.removeFile(['pipe']);
    await new Promise((resolve) => server.close(resolve));
  });

  test('hard links are one file', () => {
    files.makeHardLink(['f'], ['g']);
    expect(files.status(['g'])).toMatchObject({ links: 2, ino: files.status(['f']).ino });
    expect(codeOf(() => files.makeHardLink(['d'], ['h']))).toBe('EPERM');
  });

  test("names that aren't UTF-8 are listed, and usable where the system has them", () => {
    if (!isLinux) return;
    const raw = 'caf\udce9';
    const bytes = (...list: string[]) => Buffer.from(at(...list), 'latin1');
    mkdirSync(bytes('caf\xe9'));
    writeFileSync(bytes('caf\xe9', '\xe9t\xe9'), 'summer');
    symlinkSync(Buffer.from('\xff', 'latin1'), at('link'));
    expect(names().sort()).toEqual([raw, 'd', 'f', 'link']);
    expect(files.readLink(['link'])).toBe('\udcff');
    if (platform !== 'linux') {
      for (const act of [() => files.list([raw]), () => files.createFile(['\udce9'], 0o600)])
        expect(codeOf(act)).toBe('EILSEQ');
      return;
    }
    expect(names([raw])).toEqual(['\udce9t\udce9']);
    expect(files.statusesIn([raw], ['\udce9t\udce9', '\udce9'])).toEqual([expect.objectContaining({ size: 6 }), null]);
    expect(textOf([raw, '\udce9t\udce9'])).toBe('summer');
    files.createFile([raw, '\udcfe'], 0o600).close();
    files.makeDirectory(['\udcfd'], 0o700);
    files.makeSymlink(['\udcfc'], '\udcff');
    files.makeHardLink([raw, '\udcfe'], ['\udcfd', '\udcfb']);
    files.rename([raw], ['\udcfd', '\udcfa'], { onExisting: 'replace' });
    files.setMode(['\udcfd', '\udcfa'], 0o750);
    files.setTimes(['\udcfc'], { mtimeNs: 5_000_000_000n });
    expect(readdirSync(root, 'latin1').sort()).toEqual(['d', 'f', 'link', '\xfc', '\xfd']);
    expect(readdirSync(bytes('\xfd'), 'latin1').sort()).toEqual(['\xfa', '\xfb']);
    expect(readdirSync(bytes('\xfd', '\xfa'), 'latin1').sort()).toEqual(['\xe9t\xe9', '\xfe']);
    expect(readlinkSync(bytes('\xfc'), 'latin1')).toBe('\xff');
    expect(lstatSync(bytes('\xfc')).mtimeMs).toBe(5_000);
    expect(codeOf(() => files.removeDirectory(['\udcfd', '\udcfa']))).toBe('ENOTEMPTY');
    for (const name of ['\udce9t\udce9', '\udcfe']) files.removeFile(['\udcfd', '\udcfa', name]);
    files.removeDirectory(['\udcfd', '\udcfa']);
    expect(names(['\udcfd'])).toEqual(['\udcfb']);
  });

  test.each(['a\udc2fb', '\udc2e\udc2e', 'caf\udcc3\udca9', '\udcff'.repeat(256)])(
    'text that stands for no name is refused: %j',
    (name) => {
      expect(codeOf(() => files.createFile([name], 0o600))).toMatch(/^(EILSEQ|ENAMETOOLONG)$/);
      expect(codeOf(() => files.status([name, 'f']))).toMatch(/^(EILSEQ|ENAMETOOLONG)$/);
    },
  );

  test("a folder that was moved away isn't served, nor is another in its place", () => {
    if (platform === 'linux') return;
    renameSync(root, join(base, 'away'));
    mkdirSync(root);
    expect(codeOf(() => files.list([]))).toBe('ESTALE');
  });

  test('nothing is served after close', () => {
    files.close();
    expect(codeOf(() => files.list([]))).toBe('ESTALE');
    expect(codeOf(() => files.status(['f']))).toBe('ESTALE');
    files.close();
  });

  test('a folder on another disk', () => {
    if (!existsSync('/dev/shm')) return;
    const shm = mkdtempSync('/dev/shm/piwork-confined-');
    const other = openFolder(shm, platform);
    try {
      other.createFile(['x'], 0o600).close();
      other.makeDirectory(['y'], 0o700);
      other.rename(['x'], ['y', 'z'], { onExisting: 'replace' });
      expect(other.status(['y', 'z']).dev).not.toBe(files.status(['f']).dev);
    } finally {
      other.close();
      rmSync(shm, { recursive: true });
    }
  });

  test('a file that the person hard-linked from outside is shared', () => {
    linkSync(join(base, 'outside', 'secret'), at('shared'));
    expect(textOf(['shared'])).toBe('SECRET');
  });
});
