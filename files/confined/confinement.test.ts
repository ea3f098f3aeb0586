import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
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

  test("names on the host that aren't UTF-8 are left out", () => {
    if (!isLinux) return;
    writeFileSync(Buffer.concat([Buffer.from(at('bad-')), Buffer.from([0xff])]), '');
    symlinkSync(Buffer.from([0xff]), at('badlink'));
    expect(names().sort()).toEqual(['badlink', 'd', 'f']);
    expect(codeOf(() => files.readLink(['badlink']))).toBe('EILSEQ');
    rmSync(Buffer.concat([Buffer.from(at('bad-')), Buffer.from([0xff])]));
  });

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
