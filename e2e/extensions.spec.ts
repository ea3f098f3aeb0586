/**
 * A person's own behaviour file: applies from the next prompt, is switched in the page, and is reported when it is
 * wrong.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { runTask, saidIn } from './support/run-task';
import { lookAt } from './support/screens';

test.use({ world: { name: 'extensions' } });
test.describe.configure({ mode: 'serial' });

const noKeys = `{:Extension {:name "no-keys" :version 1}
 :On [{:event :tool-call :tool "bash"
       :when {:input.command {:contains "secret.key"}}
       :do (block {:reason "Keys are not for the agent."})}]}
`;

let taskId = '';

test('a file put into the folder applies from the next prompt on, in the same conversation', async ({ piwork }) => {
  const { host, place } = piwork;
  const folder = await makeFolder(place, 'keys', { 'secret.key': 'TOP-SECRET-4711' });
  ({ taskId } = await host['task.create']({ title: 'Keys', folder, model: 'tour' }));
  await runTask(host, taskId, 'tour: run cat secret.key');
  expect(await saidIn(host, taskId)).toContain('TOP-SECRET-4711');

  const { folder: extensions } = await host['extension.list']({});
  await writeFile(join(extensions, 'no-keys.edn'), noKeys);
  await mkdir(join(extensions, 'broken'));
  await writeFile(join(extensions, 'broken/main.edn'), '{:Extension {:name "broken"} :On [{:event :tool-cal}]}');
  await host['extension.reload']({});
  expect((await host['extension.list']({})).extensions).toMatchObject([
    { name: 'broken', summary: null, problems: [expect.stringMatching(/^broken\/main\.edn:1:\d+: .*tool-call/)] },
    { name: 'no-keys', isOn: true, summary: '1 rule', problems: [] },
  ]);
  await runTask(host, taskId, 'tour: run cat secret.key | rev');
  const said = await saidIn(host, taskId);
  expect(said).toContain('Keys are not for the agent.');
  expect(said).not.toContain('1174-TERCES-POT');
  expect(said).toContain('TOP-SECRET-4711');
});

test('the page lists it, and turns it off', async ({ app, piwork }, testInfo) => {
  const { host } = piwork;
  const settings = await app.settingsByKeyboard('Extensions');
  const page = settings.panel('Extensions');
  await expect(page.getByRole('listitem', { name: 'broken' })).toContainText('did you mean :tool-call?');
  await lookAt(piwork, '15-extensions', { testInfo });
  await page.getByRole('switch', { name: 'Run no-keys' }).click();
  await expect(page.getByRole('switch', { name: 'Run no-keys' })).not.toBeChecked();
  await app.page.keyboard.press('Escape');
  await runTask(host, taskId, 'tour: run cat secret.key | rev');
  expect(await saidIn(host, taskId)).toContain('1174-TERCES-POT');
});
