import { mkdtempSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from './open-folder';
import { at, base, codeOf, files, hostile, isLinux, names, textOf, useFolder, ways } from './test/folder-stage';

describe.each(ways)('a folder with %s paths', (platform) => {
  useFolder(platform);

  test('looks at several names of one directory, and follows no link', () => {
    symlinkSync(join(base, 'outside'), at('d', 'out'));
    const looked = files.statusesIn(['d'], ['e', 'none', 'out']);
    expect(looked.map((status) => status?.kind ?? null)).toEqual(['directory', null, 'symlink']);
    expect(looked[0]).toEqual(files.status(['d', 'e']));
    expect(codeOf(() => files.statusesIn(['d', 'out'], ['secret']))).toBe('ENOTDIR');
    for (const name of hostile) expect(codeOf(() => files.statusesIn(['d'], [name]))).not.toBe('done');
    renameSync(at('d'), join(base, 'outside', 'moved'));
    expect(codeOf(() => files.statusesIn(['d'], ['e']))).toBe('ENOENT');
  });

  test('creates, writes, reads and lists', () => {
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
    expect(codeOf(() => files.removeDirectory(['d']))).toBe('ENOTEMPTY');
    expect(codeOf(() => files.removeFile(['d', 'e']))).toMatch(/^(EISDIR|EPERM)$/);
    files.removeFile(['d', 'g']);
    files.removeFile(['d', 'e', 'deep']);
    files.removeDirectory(['d', 'e']);
    expect(names(['d'])).toEqual([]);
  });

  test('a renamed directory is found only by its new name', () => {
    expect(names(['d', 'e'])).toEqual(['deep']);
    files.rename(['d'], ['moved'], { onExisting: 'replace' });
    expect(codeOf(() => files.list(['d', 'e']))).toBe('ENOENT');
    expect(textOf(['moved', 'e', 'deep'])).toBe('deep');
    files.makeDirectory(['d'], 0o755);
    expect(codeOf(() => files.list(['d', 'e']))).toBe('ENOENT');
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

  test('a directory is not opened as a file', () => {
    expect(codeOf(() => files.openFile(['d'], { isWritable: false }))).toBe('EPERM');
    expect(codeOf(() => files.openFile(['d'], { isWritable: true }))).toBe('EPERM');
  });

  test('an open file stays the same file', () => {
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

  test('a mode without any permission', () => {
    files.setMode(['f'], 0);
    expect(files.status(['f']).mode).toBe(0);
    // root can open it anyway.
    expect(codeOf(() => files.openFile(['f'], { isWritable: false }).close())).toMatch(/^(done|EACCES)$/);
    files.setMode(['f'], 0o600);
    expect(textOf(['f'])).toBe('eff');
  });

  test('the disk has free space', () => {
    const space = files.space();
    expect(space.blockSize).toBeGreaterThan(0);
    expect(space.blocks).toBeGreaterThanOrEqual(space.freeBlocks);
  });
});

(isLinux ? test : test.skip)('handles of very many directories are let go of', () => {
  const root = mkdtempSync(join(tmpdir(), 'piwork-handles-'));
  const files = openFolder(root);
  /** Counts only handles inside this folder: the test runner opens files too. */
  const count = (): number =>
    readdirSync('/proc/self/fd').filter((number) => {
      try {
        return readlinkSync(`/proc/self/fd/${number}`).startsWith(root);
      } catch {
        // The handle that was used to read this list is already closed.
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
