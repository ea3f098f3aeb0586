/** A confined folder with content, beside content that must stay out of reach. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Errno } from '../../folder/errno';
import type { FolderFiles, Names } from '../../folder/folder-files';
import { openFolder } from '../open-folder';

export const isLinux = process.platform === 'linux';
/** Ways to reach files that can be tested on this system */
export const ways: readonly NodeJS.Platform[] = isLinux ? ['linux', 'darwin'] : [process.platform];
/** Names that must never resolve */
export const hostile = [
  '',
  '.',
  '..',
  '/',
  'a/b',
  '../secret',
  '/etc/passwd',
  'a\0b',
  'x'.repeat(256),
  'ü'.repeat(128),
];

/** The code of the error that an act throws, or `done`. */
export const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'done';
  } catch (error) {
    expect(error).toBeInstanceOf(Errno);
    return (error as Errno).code;
  }
};

/** For the current test: the base with the content outside, the folder itself, and its files */
export let base: string;
export let root: string;
export let files: FolderFiles;
export const at = (...names: string[]) => join(root, ...names);
export const names = (list: Names = []) => files.list(list).map(({ name }) => name);
/** The start of a file as text. */
export const textOf = (list: Names) => {
  const file = files.openFile(list, { isWritable: false });
  try {
    const bytes = Buffer.alloc(100);
    return bytes.subarray(0, file.read(bytes, 0)).toString();
  } finally {
    file.close();
  }
};

/** Makes the folder before each test of a suite. */
export function useFolder(platform: NodeJS.Platform): void {
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
}
