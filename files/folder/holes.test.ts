import { ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegularFile } from '../confined/regular-file';
import { nextData, nextHole, piecesOf, readPieces } from './holes';

const block = 4096;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'piwork-holes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function sparse(size: number, data: readonly number[]): RegularFile {
  const fd = openSync(join(folder, 'f'), 'w+');
  ftruncateSync(fd, size);
  for (const at of data) writeSync(fd, 'data', at);
  return RegularFile.of(fd);
}

test('holes and data alternate as on the disk', () => {
  const file = sparse(300 * block + 7, [0, 100 * block + 5, 300 * block]);
  const seen = [0, block, 99 * block + 1].map((from) => nextData(file, from));
  expect(seen).toEqual([0, 100 * block, 100 * block]);
  expect(nextHole(file, 0)).toBe(block);
  expect(nextHole(file, 50 * block + 3)).toBe(50 * block + 3);
  expect(nextHole(file, 100 * block)).toBe(101 * block);
  expect(nextHole(file, 300 * block)).toBe(300 * block + 7);
  expect(nextData(file, 101 * block)).toBe(300 * block);
  file.close();
});

test('nothing but a hole ends with the file', () => {
  const file = sparse(3 * 1_048_576 + 1, []);
  expect([nextData(file, 0), nextHole(file, 0)]).toEqual([3 * 1_048_576 + 1, 0]);
  file.close();
});

test('a file that is whole on the disk has no holes, whatever is in it', () => {
  const fd = openSync(join(folder, 'whole'), 'w+');
  writeSync(fd, Buffer.alloc(10 * block));
  const file = RegularFile.of(fd);
  expect([nextData(file, block), nextHole(file, block)]).toEqual([block, 10 * block]);
  file.close();
});

test('pieces together are the bytes that were read', () => {
  const bytes = Buffer.alloc(5 * block + 10);
  bytes.write('x', 2 * block);
  const pieces = piecesOf(bytes, 100);
  expect(Buffer.concat(pieces.map((piece) => piece.bytes)).equals(bytes)).toBe(true);
  expect(pieces.map(({ at, isHole }) => [at, isHole])).toEqual([
    [100, true],
    [2 * block, false],
    [3 * block, true],
  ]);
  const file = sparse(2_500_000, [1_200_000]);
  expect([...readPieces(file, 10, 2_500_000)].reduce((sum, piece) => sum + piece.bytes.length, 0)).toBe(2_499_990);
  file.close();
});
