import '../../test/dom';
import { act, screen, waitFor, within } from '@testing-library/react';
import { changedTask, changedTurns } from '../../dev/data/changed-task';
import { fakeSnapshot } from '../../dev/data/snapshot';
import { fakeChange } from '../../dev/data/turns';
import { readyVm } from '../../dev/data/vm';
import { conversation, dialogTitle, renderApp, type RenderedPage } from '../../test/render-app';

const started = (activity: 'idle' | 'running' = 'idle'): Promise<RenderedPage> =>
  renderApp({
    snapshot: { ...fakeSnapshot, vm: readyVm },
    tasks: [changedTask(Date.now(), activity)],
    turns: { changes: changedTurns(Date.now()) },
    ui: { selectedTaskId: 'changes' },
  });

const panel = () => within(screen.getByRole('region', { name: 'Changes' }));
const turn = (name: RegExp) => within(panel().getByRole('listitem', { name }));
const dialog = () => within(screen.getByRole('dialog'));

test('turns are listed newest first with their counts, and the newest is open', async () => {
  await started();
  expect(panel().getAllByRole('button', { expanded: false })).toHaveLength(3);
  expect(panel().getByRole('button', { expanded: true }).textContent).toMatch(
    /^Sort everything into folders.*1 created, 2 changed, 640 renamed, 1 deleted · 10 min$/,
  );
  expect(turn(/^Rename the pictures/).getByText('Partly undone')).toBeVisible();
  expect(panel().getByRole('listitem', { name: /Changed outside a run/ }).textContent).toMatch(/1 changed · 22 min$/);
  // Characters that reverse the text are written out.
  expect(panel().getByText('invoice\\u{202e}fdp.exe')).toBeVisible();
  expect(panel().getByRole('button', { name: /^Show/ }).textContent).toBe('Show 200 more');
});

test('the files follow the agent, but not faster than the page can handle', async () => {
  const page = await started();
  const before = changedTurns(Date.now());
  const calls = (method: string): number => page.host.calls.filter((name) => name === method).length;
  await page.run(1000);
  const [lists, reads] = [calls('turn.list'), calls('turn.changes')];
  for (let index = 0; index < 50; index += 1) {
    const last = before[3]!;
    const changes = [fakeChange(`new-${index}.txt`, { kind: 'created', from: null }), ...last.changes];
    const summary = { ...last.summary, counts: { ...last.summary.counts, created: index + 1 } };
    page.host.setTurns('changes', [...before.slice(0, 3), { ...last, summary, changes }], 4);
    await page.run(100);
  }
  await page.run(500);
  expect(panel().getByRole('button', { name: /new-49\.txt/ }).textContent).toMatch(/Created · 1\.2 kB → 1\.3 kB$/);
  expect(turn(/^Sort everything/).getByRole('button', { expanded: true }).textContent).toMatch(/50 created, 2 changed/);
  expect(calls('turn.changes') - reads).toBeLessThanOrEqual(17);
  // The counts came with the events.
  expect(calls('turn.list') - lists).toBe(0);
});

test('a file is compared, the arrow keys move on, and a file without a preview says so', async () => {
  const page = await started();
  await page.user.click(turn(/^Add the word/).getByRole('button', { expanded: false }));
  await page.settle();
  await page.user.click(turn(/^Add the word/).getByRole('button', { name: /report\.txt/ }));
  await page.settle();
  expect(dialogTitle()).toBe('report.txt');
  expect(dialog().getByText('+ 3 lines added')).toBeVisible();
  await page.user.click(dialog().getByRole('button', { name: 'Show 8 unchanged lines' }));
  expect(dialog().queryByRole('button', { name: 'Show 8 unchanged lines' })).toBeNull();
  expect(dialog().getAllByText('Line 1 of the report.')).toHaveLength(2);
  await page.user.click(dialog().getByRole('button', { name: 'Next file' }));
  await page.settle();
  expect(
    dialog()
      .getAllByRole('figure')
      .map((figure) => figure.textContent),
  ).toEqual(['Before', 'After']);
  await page.user.keyboard('{ArrowRight}');
  await page.settle();
  expect(dialog().getByText("Can't be undone")).toBeVisible();
  expect(dialog().queryByRole('button', { name: 'Undo this file' })).toBeNull();
  await page.user.click(dialog().getByRole('button', { name: 'Open in editor' }));
  await page.settle();
  expect(screen.getByText("Couldn't open the file")).toBeVisible();
});

test('a shortcut undoes the last turn with its conversation, and redoes it', async () => {
  const page = await started();
  await page.user.keyboard('{Alt>}z{/Alt}');
  await page.settle();
  expect(dialogTitle()).toBe('Undo 642 changes?');
  expect(dialog().getByText(/The conversation also goes back to before this message/)).toBeVisible();
  const choice = within(dialog().getByRole('radiogroup', { name: 'notes.md' }));
  expect(choice.getByRole('radio', { checked: true }).textContent).toBe('Leave as it is');
  await page.user.click(choice.getByRole('radio', { name: 'Undo anyway' }));
  expect(dialogTitle()).toBe('Undo 643 changes?');
  // What wasn't kept can't be chosen.
  expect(dialog().queryByRole('radiogroup', { name: /untitled/ })).toBeNull();
  await page.user.click(dialog().getByRole('button', { name: 'Undo' }));
  await page.settle();
  expect(dialog().getByRole('progressbar', { name: 'Progress' }).getAttribute('aria-valuetext')).toBe('100 of 643');
  await page.run(1000);
  expect(dialogTitle()).toBe('Changes undone');
  expect(dialog().getByRole('status').textContent).toBe('643 changes undone. 1 file left unchanged:');
  expect(dialog().getByText('2025/Q2/untitled.csv')).toBeVisible();
  await page.user.click(dialog().getByRole('button', { name: 'Done' }));
  await page.settle();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(conversation().queryByText(/Sort everything/)).toBeNull();
  expect(turn(/^Sort everything/).getByText('Partly undone')).toBeVisible();
  expect(panel().getByRole('listitem', { name: /^Undid “Sort everything/ }).textContent).toMatch(/No files changed/);

  await page.user.keyboard('{Alt>}{Shift>}Z{/Shift}{/Alt}');
  await page.settle();
  expect(dialogTitle()).toBe('Redo 643 changes?');
  await page.user.keyboard('{Enter}');
  await page.run(1000);
  expect(dialogTitle()).toBe('Changes redone');
  await page.user.keyboard('{Enter}');
  expect(conversation().getByText(/Sort everything/)).toBeVisible();
});

test('a cancelled undo says how far it came', async () => {
  const page = await started();
  await page.user.click(turn(/^Sort everything/).getByRole('button', { name: 'Undo' }));
  await page.settle();
  await page.user.click(dialog().getByRole('button', { name: 'Undo' }));
  await page.settle();
  await page.user.keyboard('{Escape}');
  expect(dialog().getByRole('progressbar').getAttribute('aria-valuetext')).toBe('100 of 642');
  await page.user.click(dialog().getByRole('button', { name: 'Cancel' }));
  await page.run(1000);
  expect(dialogTitle()).toBe('Stopped early');
  expect(dialog().getByText(/changes undone\. You stopped/)).toBeVisible();
});

test('the focus moves to the message when the focused element was undone', async () => {
  const page = await started();
  const button = conversation().getAllByRole('button', { name: 'Undo' }).at(-1)!;
  act(() => button.focus());
  await page.user.keyboard('{Enter}');
  await page.settle();
  await page.user.keyboard('{Enter}');
  await page.run(1000);
  await page.user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' })));
});

test('only the selected files are undone', async () => {
  const page = await started();
  await page.user.click(turn(/^Add the word/).getByRole('button', { expanded: false }));
  await page.settle();
  const row = turn(/^Add the word/);
  expect(row.getByRole<HTMLInputElement>('checkbox', { name: 'Select Archive/video.mkv' }).disabled).toBe(true);
  await page.user.click(row.getByRole('checkbox', { name: 'Select Reports/logo.svg' }));
  await page.user.click(row.getByRole('button', { name: 'Undo selected (1)' }));
  await page.settle();
  expect(dialogTitle()).toBe('Undo 1 change?');
  expect(dialog().queryByText(/conversation/)).toBeNull();
  await page.user.click(dialog().getByRole('button', { name: 'Undo' }));
  await page.run(500);
  expect(dialog().getByRole('status').textContent).toBe('1 change undone.');
  expect(page.host.turns.get('changes')?.[2]?.takenBack).toEqual(['Reports/logo.svg']);
});

test('while the agent works nothing can be undone, and the button says why', async () => {
  const page = await started('running');
  expect(
    turn(/^Sort everything/)
      .getByRole('button', { name: 'Undo' })
      .getAttribute('aria-disabled'),
  ).toBe('true');
  const button = conversation().getAllByRole('button', { name: 'Undo' }).at(-1)!;
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await page.user.click(button);
  await page.settle();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByText("The agent is working. Stop it, or wait until it's done.")).toBeVisible();
  expect(page.host.calls).not.toContain('turn.plan');
});

test('the whole task is listed as one', async () => {
  const page = await started();
  await page.user.click(panel().getByRole('button', { name: 'Whole task', pressed: false }));
  await page.settle();
  const all = within(panel().getByRole('list', { name: 'All changes in this task' }));
  expect(all.getAllByRole('listitem')).toHaveLength(50);
  await page.user.click(all.getByRole('button', { name: /report\.txt/ }));
  await page.settle();
  expect(dialogTitle()).toBe('report.txt');
  expect(dialog().getByText('+ 3 lines added')).toBeVisible();
  expect(dialog().queryByRole('button', { name: 'Undo this file' })).toBeNull();
  await page.user.click(dialog().getByRole('button', { name: 'Close' }));
  await page.user.click(panel().getByRole('button', { name: 'Whole task', pressed: true }));
  expect(panel().getByRole('button', { expanded: true }).textContent).toMatch(/^Sort everything/);
});

test('a plan that fails says so, and a warning stays until it is dismissed', async () => {
  const page = await started();
  page.host.failing.set('turn.plan', 'The journal of this turn is damaged.');
  await page.user.keyboard('{Control>}k{/Control}');
  await page.user.keyboard('Undo last{Enter}');
  await page.settle();
  expect(dialog().getByRole('alert').textContent).toBe('The journal of this turn is damaged.');
  await page.user.keyboard('{Enter}');
  const payload = { taskId: 'changes', message: 'video.mkv is too large to be kept.' };
  page.host.emit({ event: 'turn.warning', taskId: 'changes', payload });
  page.host.emit({ event: 'turn.warning', taskId: 'changes', payload });
  await page.settle();
  const notice = within(screen.getByRole('region', { name: 'Notices about changes' }));
  expect(notice.getAllByRole('listitem').map((item) => item.textContent)).toEqual([payload.message]);
  await page.user.click(notice.getByRole('button', { name: 'Dismiss notice' }));
  expect(screen.queryByRole('region', { name: "Can't be undone" })).toBeNull();
});
