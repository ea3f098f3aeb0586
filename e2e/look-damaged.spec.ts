/** A runtime pack with a damaged file: it is named, with what to do, and nothing else breaks. */
import { copyFile, mkdir, open, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { packFolder } from './support/environment';
import { makeFolder, type Place } from './support/place';
import { qemusOf } from './support/processes';
import { lookAt } from './support/screens';

/** The same pack, except for one byte in the middle of its kernel. */
async function damagePack(place: Place): Promise<{ packFolder: string }> {
  const whole = packFolder();
  const damaged = join(place.folder, 'pack');
  await mkdir(damaged);
  const names = (await readdir(whole)).filter((name) => name !== 'verified.json');
  const kernel = names.find((name) => name.startsWith('vmlinu')) ?? '';
  for (const name of names.filter((other) => other !== kernel)) await symlink(join(whole, name), join(damaged, name));
  await copyFile(join(whole, kernel), join(damaged, kernel));
  const file = await open(join(damaged, kernel), 'r+');
  const { size } = await file.stat();
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, Math.floor(size / 2));
  byte[0] = (byte[0] ?? 0) ^ 1;
  await file.write(byte, 0, 1, Math.floor(size / 2));
  await file.close();
  return { packFolder: damaged };
}

test.use({ world: { name: 'damaged', prepare: damagePack } });

test('a damaged pack is reported, and the page stays usable', async ({ app, piwork }, testInfo) => {
  const folder = await makeFolder(piwork.place, 'Garden', { 'word.txt': 'word' });
  const task = await app.createTask('Garden', folder);
  await expect(app.workspaceBanner).toContainText('A file of the runtime pack is damaged.');
  await expect(app.workspaceBanner).toContainText('vmlinu');
  await lookAt(piwork, '11-damaged-pack', { testInfo });
  await app.workspaceBanner.getByRole('button', { name: 'Restart' }).click();
  await expect(app.workspaceBanner).toContainText('A file of the runtime pack is damaged.');
  await task.message.fill('Summarise this folder');
  await task.message.press('Enter');
  await expect(app.page.getByText("Couldn't send your message", { exact: true })).toBeVisible();
  await expect(task.message).toHaveValue('Summarise this folder');
  expect(qemusOf(piwork.place.folder)).toEqual([]);
});
