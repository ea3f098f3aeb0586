import { Errno } from '../folder/errno';
import { checkWindowsName } from './portable-names';

test.each([
  'CON',
  'nul',
  'NUL.txt',
  'com1',
  'LPT9.tar.gz',
  'COM²',
  'aux .x',
  'a:b',
  'f::$DATA',
  'a.',
  'a ',
  'a\\b',
  'a*',
  'a\x07',
])('%j means something else on Windows', (name) => {
  expect(() => checkWindowsName(name)).toThrow(new Errno('EINVAL'));
});

test.each(['console', 'com', 'com10', 'nulls.txt', '.git', 'a.b', 'a b', 'Übersicht'])('%j is a name', (name) => {
  expect(() => checkWindowsName(name)).not.toThrow();
});
