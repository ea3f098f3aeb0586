import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errnoOf } from '../folder/errno';
import type { FolderFiles, Names } from '../folder/folder-files';
import { ExactNames } from './exact-names';
import { foldsNames } from './folded-names';
import { openFolder } from './open-folder';
import { foldingFolder } from './test/folding-folder';

const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'];

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'done';
  } catch (error) {
    return errnoOf(error);
  }
};

describe.each([{ decomposes: false }, { decomposes: true }])('a disk that folds names, %o', (disk) => {
  let root: string;
  let files: FolderFiles;
  const names = (directory: Names = []) => files.list(directory).map(({ name }) => name);
  const write = (name: Names, text: string): void => {
    const file = files.createFile(name, 0o600);
    file.write(Buffer.from(text), 0);
    file.close();
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'piwork-exact-'));
    files = new ExactNames(foldingFolder(openFolder(root), disk));
    files.makeDirectory(['Folder'], 0o700);
    write(['Folder', 'Read.me'], 'one');
  });
  afterEach(() => {
    files.close();
    rmSync(root, { recursive: true });
  });

  test('a file has only the name that is listed', () => {
    // The control: the disk itself finds the file under every spelling.
    expect(foldingFolder(openFolder(root), disk).status(['folder', 'READ.ME']).size).toBe(3);
    expect(files.status(['Folder', 'Read.me']).size).toBe(3);
    for (const other of [
      ['folder', 'Read.me'],
      ['Folder', 'read.me'],
      ['Folder', 'READ.ME'],
    ]) {
      expect(codeOf(() => files.status(other))).toBe('ENOENT');
      expect(codeOf(() => files.openFile(other, { isWritable: false }))).toBe('ENOENT');
      expect(codeOf(() => files.removeFile(other))).toBe('ENOENT');
    }
    expect(files.statusesIn(['Folder'], ['Read.me', 'read.me']).map((status) => status?.size ?? null)).toEqual([
      3,
      null,
    ]);
  });

  test('nothing is created or replaced under another spelling of its name', () => {
    expect(codeOf(() => files.createFile(['Folder', 'read.me'], 0o600))).toBe('EEXIST');
    expect(codeOf(() => files.makeDirectory(['folder'], 0o700))).toBe('EEXIST');
    write(['other'], 'two');
    for (const onExisting of ['replace', 'keep'] as const) {
      expect(codeOf(() => files.rename(['other'], ['Folder', 'read.me'], { onExisting }))).toBe('EEXIST');
    }
    expect([names(), names(['Folder'])]).toEqual([['Folder', 'other'], ['Read.me']]);
    files.rename(['other'], ['Folder', 'Read.me'], { onExisting: 'replace' });
    expect([names(), files.status(['Folder', 'Read.me']).size]).toEqual([['Folder'], 3]);
  });

  test('a rename changes the spelling of a name', () => {
    for (const onExisting of ['replace', 'keep'] as const) {
      files.rename(['Folder', 'Read.me'], ['Folder', 'README'], { onExisting });
      expect(names(['Folder'])).toEqual(['README']);
      files.rename(['Folder', 'README'], ['Folder', 'Read.me'], { onExisting });
    }
    files.rename(['Folder'], ['folder'], { onExisting: 'replace' });
    expect([names(), readdirSync(root)]).toEqual([['folder'], ['folder']]);
    expect(files.status(['folder', 'Read.me']).size).toBe(3);
  });

  test('names are shown composed and found in both forms', () => {
    write([decomposed], 'x');
    expect(names()).toContain(composed);
    expect(names()).not.toContain(decomposed);
    for (const way of [composed, decomposed]) expect(files.status([way]).size).toBe(1);
    expect(codeOf(() => files.createFile([composed], 0o600))).toBe('EEXIST');
    files.removeFile([composed]);
    expect(names()).toEqual(['Folder']);
  });

  test('what the person does in the meantime is seen', () => {
    writeFileSync(join(root, 'Folder', 'New'), 'new');
    expect(names(['Folder']).sort()).toEqual(['New', 'Read.me']);
    rmSync(join(root, 'Folder', 'New'));
    expect(codeOf(() => files.status(['Folder', 'New']))).toBe('ENOENT');
  });
});

test('finding out whether a disk folds names leaves no trace', () => {
  const root = mkdtempSync(join(tmpdir(), 'piwork-folds-'));
  try {
    const isFolded = existsSync(root.toUpperCase());
    expect(foldsNames(root, 'linux')).toBe(isFolded);
    mkdirSync(join(root, '123'));
    expect(foldsNames(join(root, '123'), 'darwin')).toBe(true);
    expect(foldsNames(join(root, '123'), 'linux')).toBe(false);
    writeFileSync(join(root, '123', 'letters'), '');
    expect(foldsNames(join(root, '123'), 'darwin')).toBe(isFolded);
    // They are two different files.
    writeFileSync(join(root, '123', 'LETTERS'), '');
    expect(foldsNames(join(root, '123'), 'darwin')).toBe(isFolded);
    expect(readdirSync(root)).toEqual(['123']);
  } finally {
    rmSync(root, { recursive: true });
  }
});
