/** Reads the names in a zip archive from its directory. Pure. */

const endSignature = 'PK\u0005\u0006';
const entrySignature = 'PK\u0001\u0002';
const endBytes = 22;
const entryBytes = 46;
const longestComment = 65_535;
const mostEntries = 20_000;

/** The names, in the directory's order; `null` unless the file is one plain archive from its first to its last byte. */
export function zipNames(archive: Buffer): readonly string[] | null {
  if (archive.toString('latin1', 0, 4) !== 'PK\u0003\u0004') return null;
  const end = archive.lastIndexOf(endSignature, undefined, 'latin1');
  if (end < Math.max(0, archive.length - endBytes - longestComment) || end + endBytes > archive.length) return null;
  const count = archive.readUInt16LE(end + 10);
  if (count > mostEntries) return null;
  const names: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + entryBytes > end || archive.toString('latin1', at, at + 4) !== entrySignature) return null;
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const from = at + entryBytes;
    names.push(archive.toString('utf8', from, from + (name ?? 0)));
    at = from + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return at === end ? names : null;
}
