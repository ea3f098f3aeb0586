import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rounds } from '../../node/test/rounds';
import { errnoOf } from '../folder/errno';
import type { FolderFiles, Names } from '../folder/folder-files';
import { openFolder } from './open-folder';
import { seeded } from './test/random';

const secret = 'SECRET';
/** How long each race lasts, in milliseconds; set it for a longer race. */
const raceMs = Number(process.env['PIWORK_RACE_MS'] ?? 1500);
const isLinux = process.platform === 'linux';

let base: string;
let root: string;

type Read = (names: Names) => string;

function readBy(files: FolderFiles): Read {
  return (names) => {
    const file = files.openFile(names, { isWritable: false });
    try {
      const bytes = Buffer.alloc(secret.length);
      return bytes.subarray(0, file.read(bytes, 0)).toString();
    } finally {
      file.close();
    }
  };
}

/** The control: joins a path and opens it. It must escape, or these tests prove nothing. */
const readJoined: Read = (names) => readFileSync(join(root, ...names), 'utf8');

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'piwork-escape-'));
  root = join(base, 'root');
  mkdirSync(join(base, 'outside', 'd'), { recursive: true });
  mkdirSync(join(root, 'd', 'd'), { recursive: true });
  for (const folder of [join(base, 'outside'), join(base, 'outside', 'd'), base])
    writeFileSync(join(folder, 'f'), secret);
  for (const folder of [root, join(root, 'd'), join(root, 'd', 'd')]) writeFileSync(join(folder, 'f'), 'inside');
  const links = {
    up: '..',
    out: '../outside',
    absolute: join(base, 'outside'),
    file: '../outside/f',
    proc: '/proc/self/root',
    self: '.',
  };
  for (const [name, target] of Object.entries(links)) {
    symlinkSync(target, join(root, name));
    symlinkSync(target === '..' ? '../..' : target, join(root, 'd', name));
  }
});
afterEach(() => rmSync(base, { recursive: true }));

/** How many of many walks over odd names read something from outside. */
function walk(read: Read, count: number): { readonly escapes: number; readonly reads: number } {
  const odd = [
    '..',
    '.',
    '',
    '/',
    '../..',
    '../f',
    'up',
    'out',
    'absolute',
    'file',
    'proc',
    'self',
    'd',
    'd',
    'f',
    'f',
  ];
  const more = [
    `${base}/f`,
    '/etc/passwd',
    '..\0',
    'd/..',
    'd/../..',
    '...',
    '~',
    'D',
    'f/',
    '\\..',
    '%2e%2e',
    '‥',
    '\ud800',
  ];
  const names = [...odd, ...more];
  const next = seeded(7);
  let [escapes, reads] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    const list = Array.from({ length: 1 + next(5) }, () => names[next(names.length)] ?? '');
    if (next(2) === 0) list.push('f');
    try {
      const text = read(list);
      reads += 1;
      if (text !== 'inside') escapes += 1;
    } catch (error) {
      if (errnoOf(error) === 'EIO') throw error;
    }
  }
  return { escapes, reads };
}

const ways: readonly NodeJS.Platform[] = isLinux ? ['linux', 'darwin'] : [process.platform];

test.each(ways)('hostile walks lead nowhere with %s paths', (platform) => {
  const files = openFolder(root, platform);
  const { escapes, reads } = walk(readBy(files), rounds(100_000));
  files.close();
  expect(escapes).toBe(0);
  expect(reads).toBeGreaterThan(100);
});

test('the same walks escape joined paths', () => {
  // Node itself refuses a NUL, with another error.
  const { escapes } = walk((names) => (names.join('').includes('\0') ? 'inside' : readJoined(names)), 2000);
  expect(escapes).toBeGreaterThan(0);
});

interface Race {
  escapes: number;
  reads: number;
  refused: number;
}

/** On a busy machine the two processes sometimes rarely alternate. */
const patienceMs = 30_000;

/**
 * Reads while another process swaps a directory on the path with a link to the outside. Ends after a time, when there
 * were enough swaps.
 */
async function race(read: Read, ms: number, isEnough: (so: Race) => boolean): Promise<Race> {
  const args = [join(__dirname, 'test', 'swapper.mjs'), join(root, 'd'), join(base, 'parked'), join(base, 'outside')];
  const swapper = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(swapper.stdout, 'data');
  const result = { escapes: 0, reads: 0, refused: 0 };
  const start = performance.now();
  const elapsedMs = () => performance.now() - start;
  while (elapsedMs() < ms || (elapsedMs() < patienceMs && !isEnough(result))) {
    for (let index = 0; index < 500; index += 1) {
      try {
        if (read(['d', 'f']) === secret) result.escapes += 1;
        else result.reads += 1;
      } catch {
        result.refused += 1;
      }
    }
  }
  swapper.kill('SIGKILL');
  await once(swapper, 'exit');
  return result;
}

// The portable way defends only against the guest, which can't act between a check and a call.
(isLinux ? test : test.skip)(
  'no read leads out while links are swapped',
  async () => {
    const files = openFolder(root);
    const { escapes, reads, refused } = await race(
      readBy(files),
      raceMs,
      ({ reads, refused }) => reads > 10 && refused > 10,
    );
    files.close();
    expect(escapes).toBe(0);
    expect(reads).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(10);
    if (process.env['PIWORK_RACE_MS']) process.stdout.write(`${reads} reads, ${refused} refused\n`);
  },
  raceMs + patienceMs + 10_000,
);

(isLinux ? test : test.skip)(
  'joined paths are escaped in the same race',
  async () => {
    const { escapes } = await race(readJoined, 700, (so) => so.escapes > 0);
    expect(escapes).toBeGreaterThan(0);
  },
  patienceMs + 10_000,
);
