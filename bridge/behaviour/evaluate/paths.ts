/** Where a path is among a task's folders. Pure: takes absolute, normalised paths, and doesn't read the disk. */
import { posix } from 'node:path';
import type { FolderRef, PathTest } from '../condition';
import { globMatches } from '../pattern/glob';
import type { Facts } from './facts';

function isBelow(path: string, folder: string): boolean {
  const root = folder.endsWith('/') ? folder.slice(0, -1) : folder;
  return path === root || path.startsWith(`${root}/`);
}

function placeOf(folder: FolderRef, facts: Facts): string | null {
  return 'path' in folder ? posix.normalize(folder.path) : facts.places[folder.named];
}

/** An absolute path unchanged; a relative one below the working folder. */
function absolute(path: string, facts: Facts): string {
  return posix.normalize(path.startsWith('/') ? path : `${facts.places.folder ?? ''}/${path}`);
}

function isInSome(path: string, folders: readonly FolderRef[], facts: Facts): boolean {
  return folders.some((folder) => {
    const place = placeOf(folder, facts);
    return place !== null && isBelow(path, place);
  });
}

/** The text that a glob is matched against: relative to the working folder if inside it, otherwise the whole path. */
function globText(path: string, source: string, facts: Facts): string {
  if (source.startsWith('/')) return path;
  const { folder } = facts.places;
  if (folder !== null && path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  return path.slice(1);
}

/** Whether these paths together pass one test. */
export function passesPathTest(paths: readonly string[], test: PathTest, facts: Facts): boolean {
  const all = paths.map((path) => absolute(path, facts));
  switch (test.kind) {
    case 'inside':
      return all.length > 0 && all.every((path) => isInSome(path, test.folders, facts));
    case 'outside':
      return all.some((path) => !isInSome(path, test.folders, facts));
    case 'glob':
      return all.some((path) =>
        test.patterns.some((pattern) => globMatches(pattern, globText(path, pattern.source, facts))),
      );
  }
}
