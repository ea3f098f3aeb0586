/** What a layer shows, as text. */
import type { FolderFiles, Names } from '../../folder/folder-files';

/** One line per name with its content, sorted. */
export function contentsOf(files: FolderFiles, above: Names = []): string[] {
  return files
    .list(above)
    .flatMap(({ name, kind }): string[] => {
      const path = [...above, name];
      if (kind === 'directory') return [`${path.join('/')}/`, ...contentsOf(files, path)];
      if (kind === 'symlink') return [`${path.join('/')} -> ${files.readLink(path)}`];
      const file = files.openFile(path, { isWritable: false });
      const bytes = Buffer.alloc(100);
      const text = bytes.subarray(0, file.read(bytes, 0)).toString();
      file.close();
      return [`${path.join('/')}: ${text}`];
    })
    .sort();
}
