/** A journal over a folder of its own, and the steps that tests share. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '../../confined/open-folder';
import type { FolderFiles } from '../../folder/folder-files';
import { Journal } from '../journal';
import type { JournalLimits } from '../journal-options';
import { tempFolder } from './temp-folder';

export const names = { leaf: 'turn', promptId: 'prompt' };
const folders: { remove(): void }[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

/** Creates the folder and opens journals of it; both are removed after the test. */
export function setUp(limits: Partial<JournalLimits> = {}) {
  const folder = tempFolder();
  const store = tempFolder();
  folders.push(folder, store);
  const root = join(folder.path, 'root');
  mkdirSync(root);
  const open = (): Journal =>
    Journal.open(store.path, {
      areas: { folder: { files: openFolder(root), path: root } },
      limits,
      isSynced: false,
      soon: () => undefined,
    });
  return { root, store: store.path, open, at: (name: string) => join(root, name) };
}

export const save = (files: FolderFiles, path: string, content: string): void => {
  const file = files.createFile(path.split('/'), 0o644);
  file.write(Buffer.from(content), 0);
  file.close();
};

export const overwrite = (files: FolderFiles, path: string, content: string): void => {
  const file = files.openFile(path.split('/'), { isWritable: true });
  file.setSize(0);
  file.write(Buffer.from(content), 0);
  file.close();
};

/** What a turn did, one line per change. */
export const brief = (journal: Journal, turn: number): readonly string[] =>
  journal.changes(turn).map(({ kind, from, to }) => `${kind} ${from?.join('/') ?? ''} > ${to?.join('/') ?? ''}`);
