/** A provider's key is used on the host and never reaches the machine, nor returns to the page. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { startFakeProvider, type FakeProvider } from './support/fake-provider';
import { searchMemory } from './support/guest-memory';
import { makeFolder, type Place } from './support/place';
import { qemusOf } from './support/processes';
import { recordMessages } from './support/record-messages';
import { filesWith } from './support/search-files';

test.use({ world: { name: 'keys' } });
test.describe.configure({ mode: 'serial' });

const key = `sk-planted-${randomBytes(24).toString('hex')}`;
/** As it would appear in a header of basic authentication or in a copied blob */
const words = [key, Buffer.from(key).toString('base64'), Buffer.from(key).toString('hex')].map((word) =>
  Buffer.from(word),
);

let provider: FakeProvider;
test.beforeAll(async () => {
  provider = await startFakeProvider('Saxifrage is the word of the day.');
});
test.afterAll(() => provider.close());

const shares = ({ root, home }: Place): string[] => [root, join(home, 'taskstate')];

async function filesOfShares(place: Place): Promise<string[]> {
  return (await Promise.all(shares(place).map((folder) => filesWith(folder, words)))).flat();
}

test('a provider is added with its key, and tested', async ({ app }) => {
  const settings = await app.settings('Models and keys');
  await settings.addProvider({ name: 'planted', baseUrl: provider.baseUrl, models: 'word-1', key });
  const row = settings.provider('planted');
  await expect(row).toContainText('Key saved');
  await row.click();
  await settings.dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(settings.dialog.getByRole('status', { name: 'Test result' })).toContainText('It works');
  expect(provider.credentials).toEqual([`Bearer ${key}`]);
  await settings.close();
});

test('runs use the key, and it appears nowhere in the machine or its folders', async ({ app, piwork }) => {
  const { place, host } = piwork;
  const folder = await makeFolder(place, 'plain', { 'word.txt': 'saxifrage' });
  const recording = await recordMessages(place.home);
  await host['task.create']({ title: 'With a key', folder, model: 'planted/word-1' });
  const task = await app.openTask('With a key');
  await task.run('What is the word of the day?');
  await expect(task.conversation).toContainText('Saxifrage is the word of the day.');
  expect(provider.credentials.length).toBeGreaterThan(1);
  expect(new Set(provider.credentials)).toEqual(new Set([`Bearer ${key}`]));

  // A provider that repeats the key in its refusal can't pass it to the guest or the page.
  provider.isRefusing = true;
  await task.run('And of tomorrow?');
  await expect(task.problem).toContainText('401');
  const tried = await host['provider.test']({ name: 'planted' });
  provider.isRefusing = false;
  expect(tried.ok).toBe(false);

  await host['task.conversation']({ taskId: (await host['app.snapshot']({})).tasks[0]?.taskId ?? '' });
  await host['app.dump_state']({});
  const seen = [...recording.messages, JSON.stringify(tried), await piwork.window.content(), piwork.output];
  recording.stop();
  expect(recording.messages.length).toBeGreaterThan(20);
  expect(seen.filter((text) => words.some((word) => text.includes(word.toString())))).toEqual([]);

  const [machine] = qemusOf(place.folder);
  const { ramBytes, hits } = searchMemory(machine?.pid ?? -1, words);
  expect(ramBytes).toBeGreaterThanOrEqual(1024 ** 3);
  expect(hits).toBe(0);
  expect(await filesOfShares(place)).toEqual([]);
  expect(await filesWith(join(place.home, 'logs'), words)).toEqual([]);
});

test('the search finds a key that is in the machine', async ({ app, piwork }) => {
  const { place, host } = piwork;
  await piwork.stopMachine();
  const folder = await makeFolder(place, 'careless');
  await writeFile(join(folder, 'key.txt'), key);
  await host['task.create']({ title: 'Careless', folder, model: 'tour/tour' });
  const task = await app.openTask('Careless');
  await task.run('tour: run cat key.txt');
  await expect(task.conversation).toContainText(key);
  const [machine] = qemusOf(place.folder);
  expect(searchMemory(machine?.pid ?? -1, words).hits).toBeGreaterThan(0);
  expect((await filesOfShares(place)).length).toBeGreaterThan(1);
});
