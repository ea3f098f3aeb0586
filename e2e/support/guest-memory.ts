/** Searches a running machine's memory: all of QEMU's, which includes the guest's RAM and data on its way there. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

export interface MemorySearch {
  /** Bytes of the guest's RAM that were read */
  readonly ramBytes: number;
  readonly hits: number;
}

interface Region {
  readonly start: number;
  readonly end: number;
  readonly path: string;
}

const chunkBytes = 32 * 1024 * 1024;

/** Readable regions, from lines such as `7f00-7fff rw-p 00000000 fd:00 12 /path`. */
function regionsOf(pid: number): Region[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const found = /^([0-9a-f]+)-([0-9a-f]+) r\S+ \S+ \S+ \d+\s*(.*)$/.exec(line);
    if (!found) return [];
    const [, start = '', end = '', path = ''] = found;
    // The kernel's own pages can't be read from outside.
    return /^\[v(var|syscall|dso)/.test(path) ? [] : [{ start: parseInt(start, 16), end: parseInt(end, 16), path }];
  });
}

function countIn(text: Buffer, word: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) count += 1;
  return count;
}

/** Counts how often any of the words occurs in the memory of a QEMU process. */
export function searchMemory(pid: number, words: readonly Buffer[]): MemorySearch {
  const ramFile = /mem-path=([^,\0]+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1];
  const overlap = Math.max(...words.map(({ length }) => length)) - 1;
  const buffer = Buffer.alloc(chunkBytes);
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  let ramBytes = 0;
  let hits = 0;
  try {
    for (const { start, end, path } of regionsOf(pid)) {
      for (let at = start; at < end;) {
        const wanted = Math.min(chunkBytes, end - at);
        const read = readOrSkip(memory, buffer, wanted, at);
        if (path === ramFile) ramBytes += read;
        const text = buffer.subarray(0, read);
        hits += words.reduce((sum, word) => sum + countIn(text, word), 0);
        const isLast = read < wanted || at + read >= end;
        at = isLast ? end : at + read - overlap;
      }
    }
  } finally {
    closeSync(memory);
  }
  return { ramBytes, hits };
}

function readOrSkip(memory: number, buffer: Buffer, length: number, position: number): number {
  try {
    return readSync(memory, buffer, 0, length, position);
  } catch {
    // Guard pages, and memory that was freed since it was listed.
    return 0;
  }
}
