import { createAppStore, updateUi } from './app-store';
import { keepUi, restoreUi, type KeptStorage } from './kept-ui';

const memoryStorage = (text: string | null = null): KeptStorage & { text: string | null } => ({
  text,
  getItem() {
    return this.text;
  },
  setItem(_key, value) {
    this.text = value;
  },
});

test('drafts and the selected task come back after a reload', () => {
  const storage = memoryStorage();
  const store = createAppStore();
  keepUi(store, storage);
  updateUi(store, { drafts: { one: 'half a sentence', two: '' }, selectedTaskId: 'one', isPanelOpen: false });
  expect(restoreUi(storage)).toEqual({
    drafts: { one: 'half a sentence' },
    selectedTaskId: 'one',
    isPanelOpen: false,
    dismissed: [],
  });
});

test.each([null, 'not json', '{"drafts":3}', 'null'])('%j restores nothing', (text) => {
  expect(restoreUi(memoryStorage(text))).toEqual({});
});

test('the page works with a storage that refuses', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const store = createAppStore();
  keepUi(store, {
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    },
  });
  updateUi(store, { selectedTaskId: 'one' });
  expect(store.getState().ui.selectedTaskId).toBe('one');
  warn.mockRestore();
});
