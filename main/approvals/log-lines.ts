/** Appends lines of JSON to a file, and reads back the newest. A torn line is skipped. */
import { open } from 'node:fs/promises';

const lineFeed = 0x0a;

/** Starts with a line break after a torn line, which must not swallow the next one. Doesn't create the folder. */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1, lineFeed);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    await file.appendFile(`${last[0] === lineFeed ? '' : '\n'}${lines.join('\n')}\n`);
  } finally {
    await file.close();
  }
}

/** The complete lines among the last `capBytes` of a file, oldest first; none when there is no file. */
export async function readLines(path: string, capBytes: number): Promise<readonly string[]> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - capBytes);
    const bytes = Buffer.alloc(size - start);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    const lines = bytes.toString('utf8', 0, bytesRead).split('\n');
    // The last is empty or torn; the first is incomplete if the file is longer.
    return lines.slice(start > 0 ? 1 : 0, -1);
  } finally {
    await file.close();
  }
}
