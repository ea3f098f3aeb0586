/** Gives each of two names the other's file, by three moves: Node can't ask the system for a swap. */
import { randomBytes } from 'node:crypto';
import { Errno } from './errno';
import type { FolderFiles, Names } from './folder-files';

const move = (files: FolderFiles, from: Names, to: Names): void => files.rename(from, to, { onExisting: 'keep' });

const isWithin = (names: Names, folder: Names): boolean => folder.every((name, index) => names[index] === name);

/** Where one of the two is in between. After a crash it is still there; the journal knows, and undo moves it back. */
export const swapPrefix = '.piwork-swap-';

/**
 * Nothing else is served in between, so the guest sees both before or both after. If a move fails, those before it are
 * undone.
 *
 * @throws Errno `ENOENT` when one is missing, `EINVAL` when one is inside the other
 */
export function exchangeNames(files: FolderFiles, one: Names, other: Names): void {
  const [first, second] = [files.status(one), files.status(other)];
  if (first.ino === second.ino && first.dev === second.dev) return;
  if (isWithin(one, other) || isWithin(other, one)) throw new Errno('EINVAL');
  const aside = [...one.slice(0, -1), `${swapPrefix}${randomBytes(8).toString('hex')}`];
  move(files, one, aside);
  try {
    move(files, other, one);
    try {
      move(files, aside, other);
    } catch (error) {
      move(files, one, other);
      throw error;
    }
  } catch (error) {
    move(files, aside, one);
    throw error;
  }
}
