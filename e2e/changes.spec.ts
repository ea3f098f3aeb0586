/** The person answers a question at the act, sees what changed, takes it back and does it again, by page and keyboard. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { lookAt } from './support/screens';

test.use({ world: { name: 'changes' } });
test.describe.configure({ mode: 'serial' });

const letter = Array.from({ length: 40 }, (_, line) => `Line ${line + 1} of the letter.\n`).join('');
let folder: string;

test('a question at the act is answered on its card', async ({ app, piwork }, testInfo) => {
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
  const question = app.page.getByRole('region', { name: /wants to (rename|move) old\.csv/ });
  await expect(question).toBeVisible({ timeout: 120_000 });
  await expect(app.task('Letters')).toContainText('Needs you');
  await lookAt(piwork, '10-question-at-the-act', { testInfo });
  await question.getByRole('button', { name: 'Deny' }).click();
  const second = app.page.getByRole('region', { name: /wants to delete drafts/ });
  await expect(second).toBeVisible();
  await second.getByRole('button', { name: 'Allow once' }).click();
  await task.settled();
  await expect(task.conversation).toContainText('[Piwork]');
  expect(readdirSync(folder).sort()).toEqual(['letter.txt', 'note.md', 'old.csv']);
});

test('what changed is listed and compared', async ({ app, piwork }, testInfo) => {
  const changes = app.page.getByRole('region', { name: 'Changes' });
  await expect(changes.getByRole('button', { name: /^letter\.txt Changed/ })).toBeVisible();
  await expect(changes.getByRole('button', { name: /^note\.md Created/ })).toBeVisible();
  await lookAt(piwork, '11-changes', { testInfo });
  await changes.getByRole('button', { name: /^letter\.txt Changed/ }).click();
  const compared = app.page.getByRole('dialog', { name: 'letter.txt' });
  await expect(compared.getByRole('group', { name: 'Differences' })).toContainText('Line seven of the letter.');
  await lookAt(piwork, '12-compared', { testInfo });
  await compared.getByRole('button', { name: 'Close', exact: true }).click();
});

test('it is taken back by keyboard, and done again', async ({ app, piwork }, testInfo) => {
  const { page } = app;
  const after = readFileSync(join(folder, 'letter.txt'), 'utf8');
  await page.keyboard.press('Alt+z');
  const asks = page.getByRole('dialog', { name: /^Undo \d+ changes\?/ });
  await expect(asks).toBeVisible();
  await lookAt(piwork, '13-take-back', { testInfo });
  await asks.getByRole('button', { name: 'Undo', exact: true }).click();
  const taken = page.getByRole('dialog', { name: 'Changes undone' });
  await expect(taken).toBeVisible();
  expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).toBe(letter);
  expect(readdirSync(folder).sort()).toEqual(['drafts', 'letter.txt', 'old.csv']);
  expect(readdirSync(join(folder, 'drafts')).sort()).toEqual(['first.txt', 'second.txt']);
  await taken.getByRole('button', { name: 'Done' }).click();
  // The conversation is where it was before the message.
  await expect(page.getByRole('log', { name: 'Conversation' })).not.toContainText('tour: run sed');

  await page.keyboard.press('Alt+Shift+z');
  await page
    .getByRole('dialog', { name: /^Redo \d+ changes\?/ })
    .getByRole('button', { name: 'Redo', exact: true })
    .click();
  await expect(page.getByRole('dialog', { name: 'Changes redone' })).toBeVisible();
  expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).toBe(after);
  expect(readdirSync(folder).sort()).toEqual(['letter.txt', 'note.md', 'old.csv']);
  await page.getByRole('dialog', { name: 'Changes redone' }).getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('log', { name: 'Conversation' })).toContainText('tour: run sed');
});
