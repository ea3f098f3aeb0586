import { fakeSnapshot } from '../../dev/data/snapshot';
import { fakeTask } from '../../dev/data/tasks';
import { createAppStore, updateHost, updateUi } from '../../store/app-store';
import { applySnapshot } from '../../store/host-state';
import { startTitle } from './title';

test('the title names the task, and marks that one waits', () => {
  const store = createAppStore();
  const document = { title: '' };
  startTitle(store, document);
  expect(document.title).toBe('Piwork');
  const tasks = [fakeTask('a', { title: 'Sort' }).summary, fakeTask('b', { activity: 'needs_you' }).summary];
  updateHost(store, (host) => applySnapshot(host, { ...fakeSnapshot, seq: 0, tasks }, 0));
  updateUi(store, { selectedTaskId: 'a' });
  expect(document.title).toBe('● Sort – Piwork');
});
