/** One entry of an initramfs archive; paths have no leading slash. */
export type CpioEntry =
  | { kind: 'folder'; path: string }
  | { kind: 'file'; path: string; mode: number; content: Uint8Array }
  | { kind: 'link'; path: string; target: string };

const typeBits = { folder: 0o040000, file: 0o100000, link: 0o120000 } as const;
const trailer: CpioEntry = { kind: 'file', path: 'TRAILER!!!', mode: 0, content: new Uint8Array() };

function contentOf(entry: CpioEntry): Uint8Array {
  if (entry.kind === 'file') return entry.content;
  return entry.kind === 'link' ? Buffer.from(entry.target) : new Uint8Array();
}

function permissionsOf(entry: CpioEntry): number {
  if (entry.kind === 'file') return entry.mode;
  return entry.kind === 'folder' ? 0o755 : 0o777;
}

function padTo4(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function record(entry: CpioEntry, inode: number): Buffer {
  const name = Buffer.from(`${entry.path}\0`);
  const content = contentOf(entry);
  const isTrailer = entry === trailer;
  const mode = isTrailer ? 0 : typeBits[entry.kind] | permissionsOf(entry);
  // inode, mode, uid, gid, links, mtime, bytes, device (2), special device (2), name length, checksum
  const fields = [inode, mode, 0, 0, entry.kind === 'folder' ? 2 : 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([padTo4(Buffer.concat([Buffer.from(header), name])), padTo4(content)]);
}

/** Writes a `newc` cpio archive whose bytes depend only on its entries (owner root, time 0). */
export function cpioArchive(entries: readonly CpioEntry[]): Buffer {
  return Buffer.concat([...entries.map((entry, index) => record(entry, index + 1)), record(trailer, 0)]);
}
