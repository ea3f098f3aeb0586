import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const stored = 0;
const deflated = 8;
const symlinkType = 0o120000;

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} mode Unix file type and permissions
 * @property {number} method
 * @property {number} compressedBytes
 * @property {number} headerOffset
 */

/**
 * The entries in a zip archive's central directory. Archives over 4 GiB aren't supported.
 *
 * @param {Buffer} archive
 * @returns {ZipEntry[]}
 */
function readEntries(archive) {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < 0) throw new Error('Not a zip archive: it has no end record.');
  const count = archive.readUInt16LE(end + 10);
  let offset = archive.readUInt32LE(end + 16);
  const entries = [];
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(offset) !== entrySignature)
      throw new Error('Damaged zip archive: invalid directory entry.');
    const nameBytes = archive.readUInt16LE(offset + 28);
    entries.push({
      name: archive.toString('utf8', offset + 46, offset + 46 + nameBytes),
      mode: archive.readUInt32LE(offset + 38) >>> 16,
      method: archive.readUInt16LE(offset + 10),
      compressedBytes: archive.readUInt32LE(offset + 20),
      headerOffset: archive.readUInt32LE(offset + 42),
    });
    offset += 46 + nameBytes + archive.readUInt16LE(offset + 30) + archive.readUInt16LE(offset + 32);
  }
  return entries;
}

/**
 * @param {Buffer} archive
 * @param {ZipEntry} entry
 */
async function contentOf(archive, entry) {
  const { headerOffset, compressedBytes, method, name } = entry;
  const start = headerOffset + 30 + archive.readUInt16LE(headerOffset + 26) + archive.readUInt16LE(headerOffset + 28);
  const bytes = archive.subarray(start, start + compressedBytes);
  if (method === stored) return bytes;
  if (method === deflated) return inflate(bytes);
  throw new Error(`${name} is compressed with method ${method}, which isn't supported.`);
}

/**
 * Unpacks a zip archive from memory, including permissions and symbolic links.
 *
 * Rejects when an entry's name leads out of the folder.
 *
 * @param {Buffer} archive
 * @param {string} folder
 */
export async function unzip(archive, folder) {
  for (const entry of readEntries(archive)) {
    const path = join(folder, entry.name);
    if (!path.startsWith(resolve(folder) + sep)) throw new Error(`${entry.name} leads out of the archive's folder.`);
    if (entry.name.endsWith('/')) {
      await mkdir(path, { recursive: true });
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    const content = await contentOf(archive, entry);
    if ((entry.mode & 0o170000) === symlinkType) await symlink(content.toString(), path);
    else await writeFile(path, content, { mode: entry.mode & 0o777 || 0o644 });
  }
}
