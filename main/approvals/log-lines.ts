/** Lines of JSON at the end of a file, and the newest of them back; a line that was torn is passed over. */
import { open } from 'node:fs/promises';

const lineFeed = 0x0a;

/** Appends after a line end: what a crash or a full disk tore must not swallow the next line. Makes no folder. */
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

/** The whole lines among the last `capBytes` of a file, the oldest first; none when there is no file. */
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
    // The last is empty or torn; the first has lost its beginning where the file is longer.
    return lines.slice(start > 0 ? 1 : 0, -1);
  } finally {
    await file.close();
  }
}
