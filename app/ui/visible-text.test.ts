import { visibleLine, visibleText } from './visible-text';

test('invisible characters are written out', () => {
  expect(visibleText('a\nb\u0000\u001b[31m')).toBe('a\\nb\\u{0}\\u{1b}[31m');
  expect(visibleText('invoice\u202efdp.exe\u2066')).toBe('invoice\\u{202e}fdp.exe\\u{2066}');
  expect(visibleText('a\u200bb\u2028c\ufeff')).toBe('a\\u{200b}b\\u{2028}c\\u{feff}');
  expect(visibleText('\ud800 \u{e0041}')).toBe('\\u{d800} \\u{e0041}');
  // A name that isn't UTF-8
  expect(visibleText('caf\udce9.txt')).toBe('caf\\xe9.txt');
});

test('letters of every script stay', () => {
  const names = ['Übersicht – März.txt', '報告書 (最終).xlsx', 'תקציר.docx', '🎉 party.png', 'a b.txt'];
  expect(names.map(visibleText)).toEqual(names);
});

test('a line keeps its tabs', () => {
  expect(visibleLine('\tif (a) {\u202e')).toBe('\tif (a) {\\u{202e}');
});
