/**
 * The person answers a question about a file, sees what changed, undoes it and redoes it, with the page and the
 * keyboard.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { OutcomeDialog } from './pages/outcome-dialog';
import { makeFolder } from './support/place';
import { lookAt } from './support/screens';

test.use({ world: { name: 'changes' } });
test.describe.configure({ mode: 'serial' });

const letter = Array.from({ length: 40 }, (_, line) => `Line ${line + 1} of the letter.\n`).join('');
let folder: string;

test('a question about a file is answered on its card', async ({ app, piwork }, testInfo) => {
  folder = await makeFolder(piwork.place, 'Letters', {
    'letter.txt': letter,
    'drafts/first.txt': 'first',
    'drafts/second.txt': 'second',
    'old.csv': 'a,b\n1,2\n',
  });
  const task = await app.createTask('Letters', folder);
  await task.prompt(
    `tour: run sed -i 's/Line 7 of/Line seven of/' letter.txt; eval 'mv old.csv table.csv'; eval 'rm -r drafts'; echo note > note.md; ls`,
  );
  const question = app.question(/wants to (rename|move) old\.csv/);
  await expect(question.card).toBeVisible({ timeout: 120_000 });
  await expect(app.task('Letters')).toContainText('Needs you');
  await lookAt(piwork, '10-question-at-the-act', { testInfo });
  await question.deny();
  await app.question(/wants to delete drafts/).allowOnce();
  await task.settled();
  await expect(task.conversation).toContainText('[Piwork]');
  expect(readdirSync(folder).sort()).toEqual(['letter.txt', 'note.md', 'old.csv']);
});

test('what changed is listed and compared', async ({ app, piwork }, testInfo) => {
  const { changes } = await app.shownTask('Letters');
  await expect(changes.file(/^letter\.txt Changed/)).toBeVisible();
  await expect(changes.file(/^note\.md Created/)).toBeVisible();
  await lookAt(piwork, '11-changes', { testInfo });
  const compared = await changes.compare(/^letter\.txt Changed/, 'letter.txt');
  await expect(compared.differences).toContainText('Line seven of the letter.');
  await lookAt(piwork, '12-compared', { testInfo });
  await compared.close();
});

test('it is undone by keyboard, and redone', async ({ app, piwork }, testInfo) => {
  const { page } = app;
  const { conversation } = await app.shownTask('Letters');
  const after = readFileSync(join(folder, 'letter.txt'), 'utf8');
  await page.keyboard.press('Alt+z');
  const undo = new OutcomeDialog(page, { question: /^Undo \d+ changes\?/, outcome: 'Changes undone' });
  await expect(undo.question).toBeVisible();
  await lookAt(piwork, '13-undo', { testInfo });
  await undo.confirm('Undo');
  expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).toBe(letter);
  expect(readdirSync(folder).sort()).toEqual(['drafts', 'letter.txt', 'old.csv']);
  expect(readdirSync(join(folder, 'drafts')).sort()).toEqual(['first.txt', 'second.txt']);
  await undo.done();
  // The conversation is as it was before the message.
  await expect(conversation).not.toContainText('tour: run sed');

  await page.keyboard.press('Alt+Shift+z');
  const redo = new OutcomeDialog(page, { question: /^Redo \d+ changes\?/, outcome: 'Changes redone' });
  await redo.confirm('Redo');
  expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).toBe(after);
  expect(readdirSync(folder).sort()).toEqual(['letter.txt', 'note.md', 'old.csv']);
  await redo.done();
  await expect(conversation).toContainText('tour: run sed');
});
