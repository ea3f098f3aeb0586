import { fakeSnapshot } from '../../dev/data/snapshot';
import { createAppStore, updateHost } from '../../store/app-store';
import { applySnapshot } from '../../store/host-state';
import { startTheme } from './theme';

const withTheme = (theme: 'system' | 'light' | 'dark') => ({
  ...fakeSnapshot,
  seq: 0,
  tasks: [],
  settings: { ...fakeSnapshot.settings, theme },
});

test('the last theme applies until the host reports the setting', () => {
  const kept = new Map([['piwork-theme', 'dark']]);
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
  const store = createAppStore();
  const root = document.createElement('html');
  startTheme(store, root, storage);
  expect(root.dataset.theme).toBe('dark');
  updateHost(store, (host) => applySnapshot(host, withTheme('light'), 0));
  expect([root.dataset.theme, kept.get('piwork-theme')]).toEqual(['light', 'light']);
  updateHost(store, (host) => applySnapshot(host, withTheme('system'), 0));
  expect(root.dataset.theme).toBeUndefined();
});
