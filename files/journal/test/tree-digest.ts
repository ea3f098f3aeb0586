/** A folder as text: every name with its kind, mode, time, content and the names that share its file. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

export interface DigestOptions {
  /** Whether times of directories are included. Default true */
  readonly hasFolderTimes?: boolean;
  /** Whether to say which names share a file. Default true */
  readonly hasLinks?: boolean;
}

/** One line per name, sorted. */
export function treeDigest(
  root: string,
  { hasFolderTimes = true, hasLinks = true }: DigestOptions = {},
): readonly string[] {
  const lines: string[] = [];
  const firstNames = new Map<bigint, string>();
  // Names are bytes, here one character for each.
  const visit = (at: string, name: string): void => {
    const path = Buffer.from(at, 'latin1');
    const stats = lstatSync(path, { bigint: true });
    const mode = (stats.mode & 0o7777n).toString(8);
    const time = stats.isDirectory() && !hasFolderTimes ? '' : ` ${stats.mtimeNs}`;
    if (stats.isSymbolicLink()) lines.push(`${name} -> ${readlinkSync(path, 'latin1')}${time}`);
    else if (stats.isDirectory()) {
      lines.push(`${name}/ ${mode}${time}`);
      for (const child of readdirSync(path, 'latin1').sort()) visit(join(at, child), `${name}/${child}`);
    } else {
      const first = firstNames.get(stats.ino);
      firstNames.set(stats.ino, first ?? name);
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
      lines.push(
        `${name} ${mode}${time} ${stats.size} ${hash}${first === undefined || !hasLinks ? '' : ` = ${first}`}`,
      );
    }
  };
  visit(Buffer.from(root).toString('latin1'), '.');
  return lines;
}
