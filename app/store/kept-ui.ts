/** The part of the page's own state that survives a reload: what was typed, chosen and opened. */
import { z } from 'zod';
import type { Disposable } from '../../schema/transport';
import type { AppStore } from './app-store';
import type { UiState } from './ui-state';

const storageKey = 'piwork';

const keptUi = z.object({
  drafts: z.record(z.string(), z.string()),
  selectedTaskId: z.string().nullable(),
  isPanelOpen: z.boolean(),
  dismissed: z.array(z.string()),
});

/** The part of a browser's Storage that is needed. */
export type KeptStorage = Pick<Storage, 'getItem' | 'setItem'>;

const kept = ({ drafts, selectedTaskId, isPanelOpen, dismissed }: UiState): z.input<typeof keptUi> => ({
  drafts: Object.fromEntries(Object.entries(drafts).filter(([, text]) => text !== '')),
  selectedTaskId,
  isPanelOpen,
  dismissed: [...dismissed],
});

/** The stored state; empty when there is none or it can't be read. */
export function restoreUi(storage: KeptStorage): Partial<UiState> {
  try {
    return keptUi.parse(JSON.parse(storage.getItem(storageKey) ?? 'null'));
  } catch {
    // Expected on the first visit, and after a version with another format.
    return {};
  }
}

/** Stores the state at each change, until disposed. */
export function keepUi(store: AppStore, storage: KeptStorage): Disposable {
  let last = '';
  const write = (): void => {
    const text = JSON.stringify(kept(store.getState().ui));
    if (text === last) return;
    last = text;
    try {
      storage.setItem(storageKey, text);
    } catch (error) {
      // Storage may be full or forbidden; the page works without it.
      console.warn('The page could not keep its state', error);
    }
  };
  return { dispose: store.subscribe((state, before) => state.ui !== before.ui && write()) };
}
