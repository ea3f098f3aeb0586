/** An agent that became root in the guest, outside its sandbox, still reaches only its task's four folders. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { packWithRoot } from './support/root-pack';
import { rawReport, readReport, rootView } from './support/root-report';

test.use({ world: { name: 'root-in-guest', prepare: packWithRoot } });

const inside = `inside-${randomBytes(8).toString('hex')}`;
const outside = `outside-${randomBytes(8).toString('hex')}`;
const areas = ['folder', 'outputs', 'session', 'uploads'];
const reportDeadlineMs = 120_000;
/** A network card, disks, the serial ports; no file system of QEMU's (9 and 26) */
const virtioTypes = [1, 2, 3];

/** Names below a folder, separated by slashes; links aren't followed. */
async function namesBelow(folder: string, prefix: string): Promise<string[]> {
  const names = [prefix];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const name = `${prefix}/${entry.name}`;
    if (entry.isDirectory()) names.push(...(await namesBelow(join(folder, entry.name), name)));
    else names.push(name);
  }
  return names;
}

test('root in the guest finds no name of the host outside the folders of the open task', async ({ piwork }) => {
  const { place, host } = piwork;
  await writeFile(join(place.outside, 'outside.txt'), outside);
  const closedFolder = await makeFolder(place, 'closed', { 'closed.txt': outside });
  const folder = await makeFolder(place, 'open', { 'inside.txt': inside, 'below/deep.txt': inside });
  await symlink(join(place.outside, 'outside.txt'), join(folder, 'absolute link'));
  await symlink(place.outside, join(folder, 'folder link'));
  await symlink('../../outside/outside.txt', join(folder, 'relative link'));
  await symlink('below/deep.txt', join(folder, 'inside link'));
  const { taskId: closedTask } = await host['task.create']({ title: 'Closed', folder: closedFolder, model: 'tour' });
  const { taskId: task } = await host['task.create']({ title: 'Open', folder, model: 'tour' });
  const outputs = join(place.home, 'taskstate', task, 'outputs');
  const paths = [
    join(place.outside, 'outside.txt'),
    join(closedFolder, 'closed.txt'),
    folder,
    join(place.home, 'host.json'),
    join(place.home, 'tasks'),
    join(place.home, 'taskstate', closedTask),
    place.folder,
  ];
  const request = { task, closedTask, outside: paths, inside: [`/${task}/folder/inside.txt`] };
  await writeFile(join(folder, 'root.json'), JSON.stringify(request));
  await mkdir(outputs, { recursive: true });
  await host['task.open']({ taskId: task }, { timeoutMs: reportDeadlineMs });

  await test.step('in what the guest shows', async () => {
    const text = await reportOf(join(outputs, 'view.json'));
    const view = rootView.parse(JSON.parse(text));
    const own = view.mounts.filter(([, , type]) => type.startsWith('fuse'));
    expect([...new Set(own.map(([, , , source]) => source))]).toEqual(['piwork']);
    for (const [root] of own) expect(root === '/' || areas.some((area) => root === `/${task}/${area}`)).toBe(true);
    expect(view.mounts.filter(([, , type]) => ['9p', 'virtiofs', 'nfs', 'cifs', 'ext4'].includes(type))).toEqual([]);
    expect(view.devices.disks.filter((name) => !/^(loop|ram)\d+$/.test(name))).toEqual(['vda', 'vdb']);
    expect(view.devices.ports).toEqual(['piwork.control', 'piwork.files']);
    expect([...new Set(view.devices.virtio)].filter((type) => !virtioTypes.includes(type))).toEqual([]);
    expect([view.devices.tags, view.mountedByTag]).toEqual([[], []]);

    const state = join(place.home, 'taskstate', task);
    const expected = [task, ...(await namesBelow(folder, `${task}/folder`))];
    for (const area of ['session', 'uploads'])
      expected.push(...(await namesBelow(join(state, area), `${task}/${area}`)));
    expected.push(`${task}/outputs`);
    expect(Object.keys(view.tree).sort()).toEqual(expected.sort());
    expect(view.tree[`${task}/folder/inside.txt`]).toEqual(['file', inside]);
    expect(view.links).toEqual({
      [`${task}/folder/absolute link`]: null,
      [`${task}/folder/folder link`]: null,
      [`${task}/folder/relative link`]: null,
      [`${task}/folder/inside link`]: inside,
    });
    expect(view.closedTask).toBe(false);
    expect(view.out.open).toEqual({});
    expect(view.out.tried).toBeGreaterThan(500);
    // The control: the same search finds what is there.
    expect(view.control.open[`/mnt/files/${task}/folder/inside.txt`]).toBe(inside);
    expect(text).not.toContain(outside);
  });

  await test.step('with requests to the file server that no kernel sends', async () => {
    const text = await reportOf(join(outputs, 'raw.json'));
    const raw = rawReport.parse(JSON.parse(text));
    expect([raw.roots, raw.areas]).toEqual([[task], areas]);
    expect([raw.control, raw.target]).toEqual([inside, join(place.outside, 'outside.txt')]);
    expect(raw.guesses).toMatchObject({ found: [], control: true });
    expect(raw.guesses.tried).toBeGreaterThan(3000);
    expect(raw.names.answered).toEqual([]);
    expect(raw.names.tried).toBeGreaterThan(500);
    expect(Object.values(raw.links).filter((answer) => !answer.startsWith('refused'))).toEqual([]);
    expect(raw.made).toEqual([]);
    expect(text).not.toContain(outside);
  });

  expect(await readFile(join(place.outside, 'outside.txt'), 'utf8')).toBe(outside);
  expect(await readdir(place.outside)).toEqual(['outside.txt']);
  expect(await readdir(closedFolder)).toEqual(['closed.txt']);
  expect((await readdir(place.root)).sort()).toEqual(['closed', 'open']);
  expect((await readdir(outputs)).sort()).toEqual(['raw.json', 'view.json']);
});

async function reportOf(path: string): Promise<string> {
  await expect.poll(() => readReport(path), { timeout: reportDeadlineMs }).not.toBeNull();
  return (await readReport(path)) ?? '';
}
