/** Finds the changes of a file that the person named. Pure. */
import type { FileChange } from '../../../schema/file-changes';
import { visibleLine } from '../../../node/visible-text';

type Named = Pick<FileChange, 'from' | 'to'>;

const isOf = (path: string, { from, to }: Named): boolean => path === from || path === to;

/**
 * A name that isn't UTF-8 can be written as it is listed, `caf\xe9.txt`, or as a shell passes it, which gets here with a
 * mark for each byte. That must mean only one file.
 */
export function changesOf<T extends Named>(changes: readonly T[], path: string): readonly T[] {
  const exact = changes.filter((change) => isOf(path, change));
  if (exact.length > 0) return exact;
  const isAlike = (name: string | null): name is string =>
    name !== null && (visibleLine(name) === path || name.replace(/\p{Cs}/gu, '\ufffd') === path);
  const alike = new Set(changes.flatMap(({ from, to }) => [from, to].filter(isAlike)));
  const [only] = alike;
  return only !== undefined && alike.size === 1 ? changes.filter((change) => isOf(only, change)) : [];
}
