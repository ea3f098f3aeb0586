import { looksLikeText, previewKind } from './preview-kind';

test.each([
  ['photo.PNG', { kind: 'image', mimeType: 'image/png' }],
  ['notes.md', { kind: 'markdown' }],
  ['table.tsv', { kind: 'csv' }],
  ['LICENSE', { kind: 'text' }],
  ['report.constructor', { kind: 'text' }],
  ['a.__proto__', { kind: 'text' }],
])('%s', (name, kind) => {
  expect(previewKind(name)).toEqual(kind);
});

test('a NUL is not text, an umlaut is', () => {
  expect(looksLikeText(Buffer.from('Grüße'))).toBe(true);
  expect(looksLikeText(Buffer.from('a\0b'))).toBe(false);
});
