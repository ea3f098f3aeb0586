/** A task that reviews changes: the folder is untouched until they are applied, and applying can be undone. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeDigest } from '../files/journal/test/tree-digest';
import { expect, test } from './fixtures';
import { OutcomeDialog } from './pages/outcome-dialog';
import { makeFolder } from './support/place';
import { runTask, saidIn } from './support/run-task';
import { lookAt } from './support/screens';

test.use({ world: { name: 'review' } });
test.describe.configure({ mode: 'serial' });

const work = [
  'echo changed > a.txt',
  'rm b.txt',
  'mv docs papers',
  'echo more >> papers/c.txt',
  'mkdir made',
  'echo new > made/new.txt',
  'chmod 600 d.txt',
].join('; ');

let folder: string;
let taskId: string;
let before: readonly string[];

test('the agent sees its changes, and the folder is as it was', async ({ piwork }) => {
  const { place, host } = piwork;
  folder = await makeFolder(place, 'reviewed', { 'a.txt': 'a', 'b.txt': 'b', 'docs/c.txt': 'c', 'd.txt': 'd' });
  before = treeDigest(folder);
  ({ taskId } = await host['task.create']({ title: 'Reviewed', folder, model: 'tour', reviewsChanges: true }));
  // Nothing is asked, because nothing of the person's is touched.
  await runTask(host, taskId, `tour: run ${work}; cat a.txt papers/c.txt; ls`);
  expect((await host['approval.log']({ taskId })).entries).toEqual([]);
  expect(treeDigest(folder)).toEqual(before);
  expect(await saidIn(host, taskId)).toMatch(/changed\\n.*more\\n.*d\.txt\\nmade\\npapers/s);
  const { counts, changes } = await host['review.changes']({ taskId });
  expect(counts).toEqual({ created: 2, changed: 2, renamed: 1, deleted: 1, mode: 1, times: 0 });
  const changed = changes.find(({ to }) => to === 'a.txt');
  expect(await host['review.compare']({ taskId, changeId: changed?.id ?? '' })).toMatchObject({
    before: { text: 'a' },
    after: { text: 'changed\n' },
  });
});

test('changes still wait after a restart; some are applied, some discarded, the rest stays', async ({ piwork }) => {
  await piwork.restart();
  const { host } = piwork;
  const { changes } = await host['review.changes']({ taskId });
  expect(changes).toHaveLength(7);
  expect(treeDigest(folder)).toEqual(before);
  const idOf = (path: string): string => changes.find(({ to, from }) => (to ?? from) === path)?.id ?? '';
  await host['review.apply']({ taskId, changeIds: [idOf('a.txt')] });
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('changed\n');
  expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt', 'd.txt', 'docs']);
  await host['review.discard']({ taskId, changeIds: [idOf('b.txt')] });
  await runTask(host, taskId, 'tour: run ls; cat papers/c.txt b.txt; echo twice > made/second.txt');
  expect(await saidIn(host, taskId)).toMatch(/cmore\\nb/);
  // The person works in the folder in the meantime.
  writeFileSync(join(folder, 'docs', 'c.txt'), 'mine');

  const applied = await host['review.apply']({ taskId });
  expect(applied.left).toMatchObject([{ path: 'papers/c.txt', reason: 'changed-since' }]);
  expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt', 'd.txt', 'made', 'papers']);
  expect(readFileSync(join(folder, 'papers', 'c.txt'), 'utf8')).toBe('mine');
  expect(readFileSync(join(folder, 'made', 'second.txt'), 'utf8')).toBe('twice\n');
  await host['review.discard']({ taskId });
  expect((await host['review.changes']({ taskId })).changes).toEqual([]);

  // Applied changes are a turn like any other.
  const { turns } = await host['turn.list']({ taskId });
  for (const { turn, kind, promptId, counts } of [...turns].reverse()) {
    const count = Object.values(counts).reduce((sum, one) => sum + one, 0);
    if (kind === 'agent' && promptId === null && count > 0)
      await host['turn.take_back']({ taskId, turn, isRedo: false });
  }
  // The conversation stays: applying isn't part of it.
  expect(await saidIn(host, taskId)).toContain('echo twice');
  expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt', 'd.txt', 'docs']);
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('a');
  expect(readFileSync(join(folder, 'docs', 'c.txt'), 'utf8')).toBe('mine');
});

test('in the page: waiting changes are shown, previewed, and applied', async ({ app, piwork }, testInfo) => {
  const { page } = app;
  const own = await makeFolder(piwork.place, 'by the page', { 'list.txt': 'one\n', 'away.txt': 'away' });
  await piwork.host['task.create']({ title: 'By the page', folder: own, model: 'tour', reviewsChanges: true });
  const task = await app.openTask('By the page');
  await task.run('tour: run echo two >> list.txt; rm away.txt; echo new > new.txt');
  const card = page.getByRole('region', { name: /^The agent wants to/ });
  await expect(card).toBeVisible();
  await expect(app.task('By the page')).toContainText('Needs you');
  expect(readdirSync(own).sort()).toEqual(['away.txt', 'list.txt']);
  await lookAt(piwork, '14-review', { testInfo });
  await card.getByRole('button', { name: 'Apply all' }).click();
  await new OutcomeDialog(page, { outcome: 'Changes applied' }).done();
  expect(readdirSync(own).sort()).toEqual(['list.txt', 'new.txt']);
  expect(readFileSync(join(own, 'list.txt'), 'utf8')).toBe('one\ntwo\n');
  await expect(card).toBeHidden();
});
