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
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Errno } from '../folder/errno';
import type { FolderFiles, Names } from '../folder/folder-files';
import { openFolder } from './open-folder';

const isLinux = process.platform === 'linux';
const ways: readonly NodeJS.Platform[] = isLinux ? ['linux', 'darwin'] : [process.platform];
const hostile = ['', '.', '..', '/', 'a/b', '../secret', '/etc/passwd', 'a\0b', 'x'.repeat(256), 'ü'.repeat(128)];

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'done';
  } catch (error) {
    expect(error).toBeInstanceOf(Errno);
    return (error as Errno).code;
  }
};

describe.each(ways)('a folder by the way of %s', (platform) => {
  let base: string;
  let root: string;
  let files: FolderFiles;
  const at = (...names: string[]) => join(root, ...names);
  const names = (list: Names = []) => files.list(list).map(({ name }) => name);
  const textOf = (list: Names) => {
    const file = files.openFile(list, { isWritable: false });
    try {
      const bytes = Buffer.alloc(100);
      return bytes.subarray(0, file.read(bytes, 0)).toString();
    } finally {
      file.close();
    }
  };

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'piwork-confined-'));
    root = join(base, 'root');
    mkdirSync(join(base, 'outside'));
    writeFileSync(join(base, 'outside', 'secret'), 'SECRET');
    mkdirSync(at('d', 'e'), { recursive: true });
    writeFileSync(at('f'), 'eff');
    writeFileSync(at('d', 'e', 'deep'), 'deep');
    files = openFolder(root, platform);
  });
  afterEach(() => {
    files.close();
    rmSync(base, { recursive: true });
  });

  test('looks at names of one directory together, and follows no link', () => {
    symlinkSync(join(base, 'outside'), at('d', 'out'));
    const looked = files.statusesIn(['d'], ['e', 'none', 'out']);
    expect(looked.map((status) => status?.kind ?? null)).toEqual(['directory', null, 'symlink']);
    expect(looked[0]).toEqual(files.status(['d', 'e']));
    expect(codeOf(() => files.statusesIn(['d', 'out'], ['secret']))).toBe('ENOTDIR');
    for (const name of hostile) expect(codeOf(() => files.statusesIn(['d'], [name]))).not.toBe('done');
    renameSync(at('d'), join(base, 'outside', 'moved'));
    expect(codeOf(() => files.statusesIn(['d'], ['e']))).toBe('ENOENT');
  });

  test('makes, writes, reads and lists', () => {
    files.makeDirectory(['n'], 0o750);
    const file = files.createFile(['n', 'x'], 0o664);
    file.write(Buffer.from('hello world'), 0);
    file.write(Buffer.from('W'), 6);
    file.setSize(9);
    file.close();
    expect(textOf(['n', 'x'])).toBe('hello Wor');
    expect(files.status(['n'])).toMatchObject({ kind: 'directory', mode: 0o750 });
    expect(files.status(['n', 'x'])).toMatchObject({ kind: 'file', mode: 0o664, size: 9, links: 1 });
    expect(files.list(['n'])).toEqual([{ name: 'x', kind: 'file' }]);
    expect(names().sort()).toEqual(['d', 'f', 'n']);
    expect(codeOf(() => files.createFile(['n', 'x'], 0o600))).toBe('EEXIST');
  });

  test('removes and renames', () => {
    files.rename(['f'], ['d', 'g'], { onExisting: 'keep' });
    expect(textOf(['d', 'g'])).toBe('eff');
    expect(codeOf(() => files.rename(['d', 'g'], ['d', 'e'], { onExisting: 'keep' }))).toBe('EEXIST');
    expect(codeOf(() => files.rename(['d', 'g'], ['d', 'e'], { onExisting: 'exchange' }))).toBe('EINVAL');
    expect(codeOf(() => files.removeDirectory(['d']))).toBe('ENOTEMPTY');
    expect(codeOf(() => files.removeFile(['d', 'e']))).toMatch(/^(EISDIR|EPERM)$/);
    files.removeFile(['d', 'g']);
    files.removeFile(['d', 'e', 'deep']);
    files.removeDirectory(['d', 'e']);
    expect(names(['d'])).toEqual([]);
  });

  test('a directory that was renamed is walked to by its new name alone', () => {
    expect(names(['d', 'e'])).toEqual(['deep']);
    files.rename(['d'], ['moved'], { onExisting: 'replace' });
    expect(codeOf(() => files.list(['d', 'e']))).toBe('ENOENT');
    expect(textOf(['moved', 'e', 'deep'])).toBe('deep');
    files.makeDirectory(['d'], 0o755);
    expect(codeOf(() => files.list(['d', 'e']))).toBe('ENOENT');
  });

  test('the root itself stays', () => {
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

  test('modes and times, to the microsecond', () => {
    files.setMode(['f'], 0o604);
    files.setTimes(['f'], { mtimeNs: 1_234_567_890_123_457_000n });
    expect(files.status(['f'])).toMatchObject({ mode: 0o604, mtimeNs: 1_234_567_890_123_457_000n });
    const { mtimeNs } = files.status(['f']);
    files.setTimes(['f'], { atimeNs: 1_000_000_000_000_001_000n });
    expect(files.status(['f'])).toMatchObject({ atimeNs: 1_000_000_000_000_001_000n, mtimeNs });
    const file = files.openFile(['f'], { isWritable: true });
    file.setTimes({ mtimeNs: 999_999_999_999_999_000n });
    file.setMode(0o640);
    expect(file.status()).toMatchObject({ mode: 0o640, mtimeNs: 999_999_999_999_999_000n });
    file.close();
  });

  test('no file runs as its owner for anybody', () => {
    files.setMode(['f'], 0o6755);
    files.createFile(['s'], 0o4711).close();
    expect(files.status(['f']).mode).toBe(0o755);
    expect(files.status(['s']).mode).toBe(0o711);
  });

  test('links are kept as they are and never followed', () => {
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

  test.each([[['d']], [['d', 'e']]])('a link in the place of %j, which was walked before, is not followed', (place) => {
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

  test('half of a surrogate pair is no name, and a tree has an end', () => {
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

  test('a directory is not opened as a file', () => {
    expect(codeOf(() => files.openFile(['d'], { isWritable: false }))).toBe('EPERM');
    expect(codeOf(() => files.openFile(['d'], { isWritable: true }))).toBe('EPERM');
  });

  test('hard links are one file', () => {
    files.makeHardLink(['f'], ['g']);
    expect(files.status(['g'])).toMatchObject({ links: 2, ino: files.status(['f']).ino });
    expect(codeOf(() => files.makeHardLink(['d'], ['h']))).toBe('EPERM');
  });

  test('an open file stays itself', () => {
    const file = files.openFile(['f'], { isWritable: true });
    files.rename(['f'], ['g'], { onExisting: 'replace' });
    files.createFile(['f'], 0o600).close();
    file.write(Buffer.from('E'), 0);
    files.removeFile(['g']);
    expect(file.status()).toMatchObject({ size: 3, links: 0 });
    file.close();
    expect(codeOf(() => file.status())).toBe('EBADF');
    expect(statSync(at('f')).size).toBe(0);
  });

  test('a mode of nothing at all', () => {
    files.setMode(['f'], 0);
    expect(files.status(['f']).mode).toBe(0);
    // Whoever runs as root may open it all the same.
    expect(codeOf(() => files.openFile(['f'], { isWritable: false }).close())).toMatch(/^(done|EACCES)$/);
    files.setMode(['f'], 0o600);
    expect(textOf(['f'])).toBe('eff');
  });

  test('names of the host that are no UTF-8 are left out', () => {
    if (!isLinux) return;
    writeFileSync(Buffer.concat([Buffer.from(at('bad-')), Buffer.from([0xff])]), '');
    symlinkSync(Buffer.from([0xff]), at('badlink'));
    expect(names().sort()).toEqual(['badlink', 'd', 'f']);
    expect(codeOf(() => files.readLink(['badlink']))).toBe('EILSEQ');
    rmSync(Buffer.concat([Buffer.from(at('bad-')), Buffer.from([0xff])]));
  });

  test('a folder that was taken away serves nothing, and one in its place neither', () => {
    if (platform === 'linux') return;
    renameSync(root, join(base, 'away'));
    mkdirSync(root);
    expect(codeOf(() => files.list([]))).toBe('ESTALE');
  });

  test('after the end nothing is served', () => {
    files.close();
    expect(codeOf(() => files.list([]))).toBe('ESTALE');
    expect(codeOf(() => files.status(['f']))).toBe('ESTALE');
    files.close();
  });

  test('the disk has room', () => {
    const space = files.space();
    expect(space.blockSize).toBeGreaterThan(0);
    expect(space.blocks).toBeGreaterThanOrEqual(space.freeBlocks);
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

  test('a file that the person linked in from outside is theirs to share', () => {
    linkSync(join(base, 'outside', 'secret'), at('shared'));
    expect(textOf(['shared'])).toBe('SECRET');
  });
});

(isLinux ? test : test.skip)('handles of very many directories are let go of', () => {
  const root = mkdtempSync(join(tmpdir(), 'piwork-handles-'));
  const files = openFolder(root);
  /** Of this folder alone: the runner of the tests opens files of its own. */
  const count = (): number =>
    readdirSync('/proc/self/fd').filter((number) => {
      try {
        return readlinkSync(`/proc/self/fd/${number}`).startsWith(root);
      } catch {
        // The one by which the list was read.
        return false;
      }
    }).length;
  for (let index = 0; index < 600; index += 1) {
    files.makeDirectory([`d${index}`], 0o700);
    files.createFile([`d${index}`, 'x'], 0o600).close();
  }
  expect(count()).toBeLessThan(300);
  files.close();
  expect(count()).toBe(0);
  rmSync(root, { recursive: true });
});
