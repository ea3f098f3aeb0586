import '../../test/dom';
import { screen, within } from '@testing-library/react';
import { fakeSnapshot } from '../../dev/data/snapshot';
import { renderApp, type RenderedPage } from '../../test/render-app';

async function opened(prepare: (page: RenderedPage) => void = () => undefined): Promise<RenderedPage> {
  const page = await renderApp({ snapshot: fakeSnapshot, ui: { dialog: 'settings' } });
  prepare(page);
  await page.user.click(screen.getByRole('tab', { name: 'Extensions' }));
  await page.settle();
  return page;
}

test('lists the extensions with what they do, and problems with their place', async () => {
  await opened();
  const mine = within(screen.getByRole('listitem', { name: 'mine' }));
  expect(mine.getByText(/^mine\.edn:3:14: there is no event :tool-cal/)).toBeVisible();
  expect(within(screen.getByRole('listitem', { name: 'no-secrets' })).getByText('2 rules')).toBeVisible();
  expect(screen.getByText(/\/piwork\/extensions$/)).toBeVisible();
});

test('one is turned on and off, and the list follows', async () => {
  const page = await opened();
  await page.user.click(screen.getByRole('switch', { name: 'Run word-count' }));
  await page.settle();
  expect(page.host.extensions.find(({ name }) => name === 'word-count')?.isOn).toBe(true);
  expect(screen.getByRole('switch', { name: 'Run word-count' }).getAttribute('aria-checked')).toBe('true');
});

test('without any, it says what to do, and reloading finds new files', async () => {
  const page = await opened(({ host }) => (host.extensions = []));
  expect(screen.getByText(/No behaviour files yet/)).toBeVisible();
  page.host.extensions = [{ name: 'new', main: 'new.edn', isOn: true, summary: '1 rule', problems: [] }];
  await page.user.click(screen.getByRole('button', { name: 'Reload' }));
  await page.settle();
  expect(screen.getByRole('listitem', { name: 'new' }).textContent).toMatch(/1 rule$/);
});
