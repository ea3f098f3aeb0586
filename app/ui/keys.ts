/** Shortcuts, defined once: what is pressed, how it is written, and what it does. */

export type ShortcutName =
  | 'palette'
  | 'new_task'
  | 'settings'
  | 'files'
  | 'shortcuts'
  | 'next_task'
  | 'previous_task'
  | 'question'
  | 'take_back'
  | 'redo';

export interface Shortcut {
  readonly name: ShortcutName;
  readonly label: string;
  /** The key, as `KeyboardEvent.key` names it */
  readonly key: string;
  readonly isWithCommand: boolean;
  readonly isWithAlt?: boolean;
  /** Compared only together with Alt; a character that needs Shift is named itself */
  readonly isWithShift?: boolean;
}

export const shortcuts: readonly Shortcut[] = [
  { name: 'palette', label: 'Search tasks and commands', key: 'k', isWithCommand: true },
  { name: 'new_task', label: 'New task', key: 'n', isWithCommand: false, isWithAlt: true },
  { name: 'next_task', label: 'Next task', key: 'ArrowDown', isWithCommand: false, isWithAlt: true },
  { name: 'previous_task', label: 'Previous task', key: 'ArrowUp', isWithCommand: false, isWithAlt: true },
  { name: 'question', label: 'Go to open question', key: 'q', isWithCommand: false, isWithAlt: true },
  { name: 'take_back', label: 'Undo last turn', key: 'z', isWithCommand: false, isWithAlt: true },
  {
    name: 'redo',
    label: 'Redo last turn',
    key: 'z',
    isWithCommand: false,
    isWithAlt: true,
    isWithShift: true,
  },
  { name: 'files', label: 'Show or hide files', key: '.', isWithCommand: true },
  { name: 'settings', label: 'Settings', key: ',', isWithCommand: true },
  { name: 'shortcuts', label: 'Keyboard shortcuts', key: '?', isWithCommand: false },
];

export const isMac = (): boolean => /mac/i.test(navigator.platform);

const keyNames: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑' };

/** How a shortcut is written on this computer. */
export function keysFor(name: ShortcutName): string {
  const shortcut = shortcuts.find((candidate) => candidate.name === name);
  if (!shortcut) return '';
  const key = keyNames[shortcut.key] ?? shortcut.key.toUpperCase();
  if (shortcut.isWithCommand) return isMac() ? `⌘${key}` : `Ctrl ${key}`;
  if (shortcut.isWithAlt) {
    const shift = shortcut.isWithShift ? (isMac() ? '⇧' : 'Shift ') : '';
    return isMac() ? `⌥${shift}${key}` : `Alt ${shift}${key}`;
  }
  return key;
}

/** The part of a key event that is needed. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The shortcut that was pressed. On a Mac, Alt changes what `key` says, so its letters go by `code`. */
export function pressedShortcut(press: KeyPress, isOnMac: boolean): ShortcutName | null {
  const hasCommand = isOnMac ? press.metaKey : press.ctrlKey;
  const found = shortcuts.find((shortcut) => {
    if (shortcut.isWithCommand !== hasCommand || (shortcut.isWithAlt ?? false) !== press.altKey) return false;
    if (press.altKey && (shortcut.isWithShift ?? false) !== press.shiftKey) return false;
    const isLetterWithAlt = shortcut.isWithAlt && shortcut.key.length === 1;
    // A plain letter is used as it is, wherever its key is on this keyboard.
    if (isLetterWithAlt && !/^[a-z]$/i.test(press.key)) return press.code === `Key${shortcut.key.toUpperCase()}`;
    return press.key.toLowerCase() === shortcut.key.toLowerCase();
  });
  return found?.name ?? null;
}
