import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import { errnoOf } from '../folder/errno';
import type { FolderFiles, OpenFile } from '../folder/folder-files';
import { DiskUse } from './disk-use';
import { LimitedFolder } from './limited-folder';

const block = 1 << 20;

let root: string;
let files: FolderFiles;
let use: DiskUse;
let limit: number;
let warnings: number[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'piwork-limited-'));
  limit = 4 * block;
  warnings = [];
  use = new DiskUse({ limit: () => limit, onFull: (bytes) => warnings.push(bytes) });
  files = new LimitedFolder(openFolder(root), use);
});
afterEach(() => {
  files.close();
  rmSync(root, { recursive: true });
});

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'done';
  } catch (error) {
    return errnoOf(error);
  }
};
/** Writes blocks until one is refused, at most 9; returns how many were written. */
function fill(file: OpenFile): number {
  for (let count = 0; count < 9; count += 1) {
    if (codeOf(() => file.write(Buffer.alloc(block, 1), count * block)) === 'ENOSPC') return count;
  }
  return 9;
}
function made(name: string): OpenFile {
  return files.createFile([name], 0o600);
}
function fillNew(name: string): number {
  const file = made(name);
  const count = fill(file);
  file.close();
  return count;
}

test('a task may add only so much, is notified once, and continues when there is room again', () => {
  expect(fillNew('one')).toBe(4);
  expect([codeOf(() => made('two')), codeOf(() => files.makeDirectory(['d'], 0o700))]).toEqual(['ENOSPC', 'ENOSPC']);
  expect(warnings).toEqual([4 * block]);
  expect(files.space().freeBlocks).toBe(0);
  files.removeFile(['one']);
  expect(fillNew('two')).toBe(4);
  expect(warnings).toEqual([4 * block, 4 * block]);
  limit = 6 * block;
  expect(fillNew('three')).toBe(2);
});

test('a file that is replaced, truncated, or removed while open makes room when it is gone', () => {
  fillNew('one');
  limit = 5 * block;
  made('other').close();
  files.rename(['other'], ['one'], { onExisting: 'replace' });
  expect(use.left).toBe(5 * block);
  const open = made('open');
  expect(fill(open)).toBe(5);
  files.removeFile(['open']);
  expect(use.left).toBe(0);
  open.close();
  expect(use.left).toBe(5 * block);
  const cut = made('cut');
  fill(cut);
  cut.setSize(0);
  expect(use.left).toBe(5 * block);
  cut.close();
});

test("the person's own files, holes, second names and writing in place aren't counted", () => {
  writeFileSync(join(root, 'persons'), Buffer.alloc(8 * block, 1));
  const file = files.openFile(['persons'], { isWritable: true });
  for (let index = 0; index < 8; index += 1) file.write(Buffer.alloc(block, 2), index * block);
  file.setSize(1024 * block);
  file.close();
  expect(use.left).toBe(4 * block);
  files.makeHardLink(['persons'], ['again']);
  files.removeFile(['persons']);
  files.rename(['again'], ['again'], { onExisting: 'replace' });
  // Deleting the person's own files doesn't raise the limit.
  files.removeFile(['again']);
  expect(use.left).toBe(4 * block);
  expect(fillNew('own')).toBe(4);
});
