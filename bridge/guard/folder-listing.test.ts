import { folderListing } from './folder-listing';
import type { FolderLook } from './folder-look';

const lookAt = (tree: Readonly<Record<string, readonly string[]>>): FolderLook => ({
  kindOf: (path) => (tree[path] ? 'directory' : 'file'),
  namesIn: (path) => tree[path] ?? [],
});

test('names the first level, with the number of names in each folder', () => {
  const look = lookAt({ '/w': ['b.txt', 'Reports', 'a\nb'], '/w/Reports': ['x', 'y'] });
  expect(folderListing('/w', look)).toBe('- Reports/ (2)\n- a\ufffdb\n- b.txt');
});

test('stays short', () => {
  const names = Array.from({ length: 5000 }, (_, index) => `file-${index}`);
  const lines = folderListing('/w', lookAt({ '/w': names })).split('\n');
  expect([lines.length, lines.at(-1)]).toEqual([41, '… and 4,960 more']);
  expect(folderListing('/w', lookAt({ '/w': ['x'.repeat(300)] }))).toHaveLength(82);
  expect(folderListing('/w', lookAt({}))).toBe('');
});
