/** The person opens what the agent wrote in another program: as a copy, and never what would run. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';

test.use({ world: { name: 'open-file' } });

test('a note is opened as a copy, a program is shown in its folder', async ({ app, piwork }) => {
  const { electron } = piwork.running;
  if (!electron) throw new Error('This journey is for the Electron shell.');
  await electron.evaluate(({ shell }) => {
    const asked: string[] = [];
    Reflect.set(globalThis, 'askedOfSystem', asked);
    shell.openPath = (path) => {
      asked.push(`open ${path}`);
      return Promise.resolve('');
    };
    shell.showItemInFolder = (path) => void asked.push(`show ${path}`);
  });
  const asked = (): Promise<string[]> =>
    electron.evaluate(() => Reflect.get(globalThis, 'askedOfSystem') as unknown as string[]);

  const folder = await makeFolder(piwork.place, 'Notes', { 'old.txt': 'old' });
  const task = await app.createTask('Notes', folder);
  await task.prompt(`tour: run echo words > notes.txt; echo id > notes.command; ls`);
  await task.settled();
  const { changes } = await app.shownTask('Notes');
  for (const name of ['notes.command', 'notes.txt']) {
    const compared = await changes.compare(new RegExp(`^${name.replace('.', '\\.')} Created`), name);
    await piwork.window.getByRole('button', { name: 'Open in editor' }).click();
    await expect.poll(async () => (await asked()).some((line) => line.endsWith(name))).toBe(true);
    await compared.close();
  }
  const [shown, opened = ''] = await asked();
  expect(shown).toBe(`show ${join(folder, 'notes.command')}`);
  const copy = opened.replace(/^open /, '');
  expect(copy.startsWith(folder)).toBe(false);
  expect([readFileSync(copy, 'utf8'), statSync(copy).mode & 0o777]).toEqual(['words\n', 0o400]);
});
