/**
 * Holes in a file, found by its content: Node can't ask the system where they are. A block of zeros counts as a hole,
 * which a file system may always say, in files that have less on the disk than their size.
 */
import type { FileStatus, OpenFile } from './folder-files';

/** The unit in which file systems leave holes */
export const holeBlockBytes = 4096;
const chunkBytes = 1 << 20;
const zeros = Buffer.alloc(chunkBytes);

/** How much one search reads at most; after that, what follows counts as data. */
const searchedBytes = 256 << 20;

export const isSparse = ({ size, blocks }: Pick<FileStatus, 'size' | 'blocks'>): boolean => blocks * 512 < size;

const isZero = (bytes: Buffer): boolean => bytes.equals(zeros.subarray(0, bytes.length));

/** Part of a file in which everything is zero, or nothing is known to be. */
export interface Piece {
  readonly at: number;
  readonly bytes: Buffer;
  readonly isHole: boolean;
}

/** Splits bytes that were read at a position into runs of whole zero blocks and of others. */
export function piecesOf(bytes: Buffer, position: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const end = (to: number, isHole: boolean): void => {
    if (to > from) pieces.push({ at: position + from, bytes: bytes.subarray(from, to), isHole });
    from = to;
  };
  let wasHole = false;
  for (let at = 0; at < bytes.length;) {
    const next = Math.min(bytes.length, at + holeBlockBytes - ((position + at) % holeBlockBytes));
    const isHole = isZero(bytes.subarray(at, next));
    if (isHole !== wasHole) end(at, wasHole);
    wasHole = isHole;
    at = next;
  }
  end(bytes.length, wasHole);
  return pieces;
}

/** Reads a range piece by piece, in order; it ends with the file. */
export function* readPieces(file: OpenFile, from: number, to: number): Generator<Piece> {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  for (let at = from; at < to;) {
    const wanted = Math.min(chunkBytes - (at % holeBlockBytes), to - at);
    const read = file.read(chunk.subarray(0, wanted), at);
    if (read === 0) return;
    const bytes = chunk.subarray(0, read);
    if (isZero(bytes)) yield { at, bytes, isHole: true };
    else yield* piecesOf(bytes, at);
    at += read;
  }
}

/** Where the next data begins at or after a position inside the file; its size if there is none. */
export function nextData(file: OpenFile, from: number): number {
  return next(file, from, false);
}

/** Where the next hole begins at or after a position inside the file: its end counts as one. */
export function nextHole(file: OpenFile, from: number): number {
  return next(file, from, true);
}

function next(file: OpenFile, from: number, isHole: boolean): number {
  const status = file.status();
  if (!isSparse(status)) return isHole ? status.size : from;
  const until = Math.min(status.size, from + searchedBytes);
  for (const piece of readPieces(file, from, until)) if (piece.isHole === isHole) return piece.at;
  return until;
}
