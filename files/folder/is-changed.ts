/** Whether a file changed since it was seen: one rule for every layer, by how much a layer must notice. */
import type { FileStatus } from './folder-files';

interface Content<Time> {
  readonly size: number;
  readonly mtimeNs: Time;
}

interface Anything<Time> extends Content<Time> {
  readonly ctimeNs: Time;
}

/** Its content was written; in a directory, names came or went. A program can set the time back, and hide that. */
export const isRewritten = <Time extends bigint | string>(seen: Content<Time>, now: Content<Time>): boolean =>
  seen.size !== now.size || seen.mtimeNs !== now.mtimeNs;

/** Anything about it changed. No program can set the ctime; permissions and further names change it too. */
export const isTouched = <Time extends bigint | string>(seen: Anything<Time>, now: Anything<Time>): boolean =>
  isRewritten(seen, now) || seen.ctimeNs !== now.ctimeNs;

/** A text that is another one after any change, and for another file at the same name. */
export const stampOf = ({ ino, size, mtimeNs, ctimeNs }: FileStatus): string => `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
