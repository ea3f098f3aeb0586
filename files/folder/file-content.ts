/** Content of open files, read and copied in pieces. */
import type { OpenFile } from './folder-files';

const chunkBytes = 1_048_576;

/** The first bytes of a file, up to `cap`, and its total size. Closes the file. */
export function readStart(file: OpenFile, cap: number): { readonly bytes: Uint8Array; readonly size: number } {
  try {
    const { size } = file.status();
    const bytes = new Uint8Array(Math.min(size, cap));
    return { bytes: bytes.subarray(0, file.read(bytes, 0)), size };
  } finally {
    file.close();
  }
}

/** Copies all of one file into another, empty one; both stay open. */
export function copyContent(from: OpenFile, to: OpenFile): void {
  const chunk = new Uint8Array(Math.min(chunkBytes, Math.max(1, from.status().size)));
  for (let at = 0, count = from.read(chunk, 0); count > 0; at += count, count = from.read(chunk, at)) {
    to.write(chunk.subarray(0, count), at);
  }
}
