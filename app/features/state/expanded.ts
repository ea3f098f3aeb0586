/** Whether a card is open. This is in the store, because invisible rows are unmounted. */
import { useApp, useAppState } from './app-context';
import { updateUi } from '../../store/app-store';
import { expandedKey } from '../../store/expanded';

/** Whether the card is open, and a function that toggles it; `isOpenAtFirst` applies until the person decides. */
export function useExpanded(taskId: string, cardId: string, isOpenAtFirst: boolean): readonly [boolean, () => void] {
  const app = useApp();
  const key = expandedKey(taskId, cardId);
  const isOpen = useAppState((state) => state.ui.expanded[key] ?? isOpenAtFirst);
  return [isOpen, () => updateUi(app.store, (ui) => ({ expanded: { ...ui.expanded, [key]: !isOpen } }))];
}
