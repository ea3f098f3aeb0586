import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  beginTemplate,
  commitTemplate,
  discardTemplate,
  isUsable,
  templateFor,
  type Template,
  type TemplateKey,
} from './template';

const key: TemplateKey = {
  qemuVersion: '7.2.0',
  accelerator: 'tcg',
  memoryMb: 2048,
  cores: 2,
  packDigest: 'ab'.repeat(32),
  kernelArguments: ['piwork.uid=1000'],
};

let cache = '';
beforeEach(async () => (cache = await mkdtemp(join(tmpdir(), 'piwork-template-'))));
afterEach(() => rm(cache, { recursive: true, force: true }));

async function build(target: Template, ram = 'memory', state = 'devices'): Promise<Template> {
  const built = await beginTemplate(target);
  await writeFile(built.ramFile, ram);
  await writeFile(built.stateFile, state);
  return built;
}

test('a template has one place for its key, and another for every other key', () => {
  const others: Array<Partial<TemplateKey>> = [
    { qemuVersion: '8.0.0' },
    { accelerator: 'kvm' },
    { memoryMb: 1024 },
    { cores: 1 },
    { packDigest: 'cd'.repeat(32) },
    { kernelArguments: [] },
  ];
  const folders = [key, ...others.map((other) => ({ ...key, ...other }))].map((one) => templateFor(cache, one).folder);
  expect(new Set(folders).size).toBe(folders.length);
  expect(templateFor(cache, { ...key })).toEqual(templateFor(cache, key));
});

test('a template is usable once committed, and its files are private', async () => {
  const target = templateFor(cache, key);
  const built = await build(target);
  expect(await Promise.all([target, built].map(isUsable))).toEqual([false, false]);
  await commitTemplate(built, target, key);
  expect(await isUsable(target)).toBe(true);
  expect((await readdir(target.folder)).sort()).toEqual(['ram.img', 'state.bin', 'template.json']);
  expect((await stat(target.folder)).mode & 0o777).toBe(0o700);
  expect((await stat(target.ramFile)).mode & 0o777).toBe(0o600);
  await discardTemplate(target);
  await discardTemplate(target);
  expect(await isUsable(target)).toBe(false);
});

test.each<[string, (target: Template) => Promise<unknown>]>([
  ['memory of another size', ({ ramFile }) => writeFile(ramFile, 'mem')],
  ['no memory', ({ ramFile }) => rm(ramFile)],
  ['torn device state', ({ stateFile }) => writeFile(stateFile, 'dev')],
  ['no record', ({ folder }) => rm(join(folder, 'template.json'))],
  ['a torn record', ({ folder }) => writeFile(join(folder, 'template.json'), '{"key":')],
  ['a foreign record', ({ folder }) => writeFile(join(folder, 'template.json'), '{}')],
])('an incomplete template counts as none, and is replaced: %s', async (_name, damage) => {
  const target = templateFor(cache, key);
  await commitTemplate(await build(target), target, key);
  await damage(target);
  expect(await isUsable(target)).toBe(false);
  await commitTemplate(await build(target), target, key);
  expect(await isUsable(target)).toBe(true);
});

test('a build with missing files commits nothing, and keeps the existing template', async () => {
  const target = templateFor(cache, key);
  await commitTemplate(await build(target), target, key);
  const built = await build(target);
  await rm(built.stateFile);
  await expect(commitTemplate(built, target, key)).rejects.toThrow('ENOENT');
  expect(await isUsable(target)).toBe(true);
});

test('two builders use different folders', async () => {
  const target = templateFor(cache, key);
  const builds = await Promise.all([build(target), build(target)]);
  expect(builds[0].folder).not.toBe(builds[1].folder);
  for (const built of builds) await commitTemplate(built, target, key);
  expect(await readdir(join(cache, 'templates'))).toEqual([target.folder.split('/').at(-1)]);
});

test('a commit removes what no start will use: the oldest templates and abandoned builds', async () => {
  const templates = join(cache, 'templates');
  const ages = { oldest: 4, older: 3, old: 2, 'x.building-1': 2, 'x.building-2': 0 };
  for (const [name, hours] of Object.entries(ages)) {
    await mkdir(join(templates, name), { recursive: true });
    const at = new Date(Date.now() - hours * 3_600_000 - 60_000);
    await utimes(join(templates, name), at, at);
  }
  const target = templateFor(cache, key);
  await commitTemplate(await build(target), target, key);
  const left = await readdir(templates);
  expect(left.filter((name) => name in ages).sort()).toEqual(['old', 'older', 'x.building-2']);
});
