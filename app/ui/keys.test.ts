import { pressedShortcut, type KeyPress } from './keys';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

test.each([
  [press('k', { ctrlKey: true }), false, 'palette'],
  [press('k', { metaKey: true }), true, 'palette'],
  [press('k', { ctrlKey: true }), true, null],
  [press('k'), false, null],
  [press('?'), false, 'shortcuts'],
  [press('n', { altKey: true, code: 'KeyN' }), false, 'new_task'],
  // On a Mac, Option types another letter.
  [press('Dead', { altKey: true, code: 'KeyN' }), true, 'new_task'],
  [press('ArrowDown', { altKey: true, code: 'ArrowDown' }), false, 'next_task'],
  [press('z', { altKey: true, code: 'KeyZ' }), false, 'take_back'],
  [press('z', { altKey: true, code: 'KeyY' }), false, 'take_back'],
  [press('Ω', { altKey: true, code: 'KeyZ' }), true, 'take_back'],
  [press('Z', { altKey: true, shiftKey: true, code: 'KeyZ' }), false, 'redo'],
  [press('?', { shiftKey: true }), false, 'shortcuts'],
  [press('n', { ctrlKey: true, code: 'KeyN' }), false, null],
])('%j on a Mac: %s is %s', (pressed, isOnMac, name) => {
  expect(pressedShortcut(pressed, isOnMac)).toBe(name);
});
