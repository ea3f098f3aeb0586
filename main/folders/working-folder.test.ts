import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkWorkingFolder } from './working-folder';

let root: string;
let own: string;
const check = (path: string): Promise<string> => checkWorkingFolder(path, own);

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'piwork-folder-')));
  own = join(root, 'state');
  for (const name of ['state/auth', 'work']) await mkdir(join(root, name), { recursive: true });
  await writeFile(join(root, 'file.txt'), '');
});
afterEach(() => rm(root, { recursive: true }));

test("returns a folder's real path", async () => {
  await symlink(join(root, 'work'), join(root, 'link'));
  expect(await check(join(root, 'link'))).toBe(join(root, 'work'));
});

test.each([
  ['', /Choose a folder/],
  ['a\0b', /NUL/],
  ['relative', /whole path/],
  ['/proc/self', /belongs to the system/],
])('%j is refused', async (typed, message) => {
  await expect(check(typed)).rejects.toThrow(message);
});

test.each([
  ['missing', /doesn't exist/],
  ['file.txt', /is a file/],
  ['state', /Piwork's own files/],
  ['state/auth', /Piwork's own files/],
  ['.', /Piwork's own files/],
])('%s below the root is refused', async (name, message) => {
  await expect(check(join(root, name))).rejects.toThrow(message);
});

test('a link into the folder of keys is refused', async () => {
  await symlink(own, join(root, 'work', 'innocent'));
  await expect(check(join(root, 'work', 'innocent'))).rejects.toThrow(/Piwork's own files/);
});

/** Handing these over gives the agent keys, passwords, the system, or a way to run programs on this computer. */
const guarded = [
  '/',
  '/etc',
  '/etc/ssl',
  '/usr',
  '/usr/share',
  '/boot',
  '/dev',
  '/run',
  '/sys',
  '/var',
  '/var/lib',
  '/home',
];

(process.platform === 'linux' ? test.failing : test.skip).each(guarded)('%s is refused', async (path) => {
  await expect(check(path)).rejects.toThrow(/belongs to the system|contains/);
});

test.failing.each([
  ['.', /whole home folder/],
  ['.ssh', /keys or passwords/],
  ['.gnupg/private-keys-v1.d', /keys or passwords/],
  ['.mozilla', /browser/],
  ['.config', /browser/],
  ['.config/chromium/Default', /browser/],
  ['.config/autostart', /start by themselves/],
])('%s of a home is refused', async (name, message) => {
  const home = join(root, 'home', 'sam');
  for (const each of ['.ssh', '.gnupg/private-keys-v1.d', '.mozilla', '.config/chromium/Default', '.config/autostart'])
    await mkdir(join(home, each), { recursive: true });
  await expect(check(join(home, name))).rejects.toThrow(message);
});
