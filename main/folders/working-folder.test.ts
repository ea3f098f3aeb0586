import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeholderIn } from './cloud-placeholders';
import { refusalOf } from './guarded-folder';
import { checkWorkingFolder } from './working-folder';

let root: string;
let own: string;
const check = (path: string): Promise<string> =>
  checkWorkingFolder(path, { stateRoot: own, cacheRoot: join(root, 'cache'), program: join(root, 'program') });

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

/** These would give the agent keys, passwords, the system, or a way to run programs on this computer. */
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

(process.platform === 'linux' ? test : test.skip).each(guarded)('%s is refused', async (path) => {
  await expect(check(path)).rejects.toThrow(/belongs to the system|contains/);
});

/** From another computer, or a copy: only the names matter. */
test.each(['backup/.ssh', 'backup'])('%s is refused wherever it is', async (name) => {
  await mkdir(join(root, 'backup', '.ssh'), { recursive: true });
  await expect(check(join(root, name))).rejects.toThrow(/contains keys or passwords/);
});

test.each([
  ['cache', /Piwork's own files/],
  ['program/dist', /Piwork's own files/],
])("Piwork's own %s is refused", async (name, message) => {
  await mkdir(join(root, name), { recursive: true });
  await expect(check(join(root, name))).rejects.toThrow(message);
});

describe('a home', () => {
  const own = (home: string) => ({ stateRoot: join(home, 'state'), cacheRoot: '/nowhere', program: '/nowhere' });
  const refusal = (home: string, name: string, platform: NodeJS.Platform = 'linux'): Promise<string | null> =>
    refusalOf(join(home, name), own(home), { platform, home });

  test.each([
    ['.', /is a whole home folder/],
    ['..', /contains .*home/],
    ['.ssh', /keys or passwords/],
    ['.gnupg/private-keys-v1.d', /keys or passwords/],
    ['.mozilla', /browser/],
    ['.config', /contains .*\.config\/chromium, which contains browser/],
    ['.config/chromium/Default', /browser/],
    ['.config/autostart', /start by themselves/],
  ])('%s of it is refused', async (name, message) => {
    const home = join(root, 'home', 'sam');
    for (const each of [
      '.ssh',
      '.gnupg/private-keys-v1.d',
      '.mozilla',
      '.config/chromium/Default',
      '.config/autostart',
    ])
      await mkdir(join(home, each), { recursive: true });
    expect(await refusal(home, name)).toMatch(message);
  });

  test.each<[string, NodeJS.Platform, string | null]>([
    ['Documents', 'linux', null],
    ['.config/nvim', 'linux', null],
    ['Library/Keychains', 'darwin', 'settings'],
    ['Library/Application Support/Google/Chrome', 'darwin', 'settings'],
    ['Library/CloudStorage/Dropbox/Papers', 'darwin', null],
    ['AppData/Roaming/Mozilla', 'win32', 'settings'],
  ])('%s on %s', async (name, platform, reason) => {
    expect(await refusal(join(root, 'sam'), name, platform)).toEqual(
      reason === null ? null : (expect.stringContaining(reason) as string),
    );
  });

  test('a link to the folder of keys is the folder of keys', async () => {
    const home = join(root, 'home', 'sam');
    await mkdir(join(root, 'safe', 'place'), { recursive: true });
    await mkdir(home, { recursive: true });
    await symlink(join(root, 'safe', 'place'), join(home, '.ssh'));
    expect(await refusalOf(join(root, 'safe', 'place'), own(home), { platform: 'linux', home })).toMatch(/keys/);
    expect(await refusalOf(join(root, 'safe'), own(home), { platform: 'linux', home })).toMatch(/contains/);
  });
});

test.each<[NodeJS.Platform, string]>([
  ['darwin', '/System/Library'],
  ['darwin', '/Applications'],
  ['darwin', '/private/etc'],
])('on %s, %s is refused', async (platform, path) => {
  const own = { stateRoot: '/nowhere', cacheRoot: '/nowhere', program: '/nowhere' };
  expect(await refusalOf(path, own, { platform, home: '/Users/sam' })).toMatch(/belongs to the system/);
});

test("a cloud folder's placeholders are found, and a file with content isn't one", async () => {
  const cloud = join(root, 'cloud');
  await mkdir(join(cloud, 'deep'), { recursive: true });
  await writeFile(join(cloud, 'here.pdf'), Buffer.alloc(100_000, 1));
  expect(await placeholderIn(cloud, 'darwin')).toBeNull();
  await writeFile(join(cloud, 'deep', 'there.pdf'), '');
  await truncate(join(cloud, 'deep', 'there.pdf'), 100_000);
  expect(await placeholderIn(cloud, 'darwin')).toBe(join('deep', 'there.pdf'));
  expect(await placeholderIn(cloud, 'linux')).toBeNull();
  await writeFile(join(cloud, '.old.pdf.icloud'), '');
  expect(await placeholderIn(cloud, 'darwin')).toBe('.old.pdf.icloud');
});
