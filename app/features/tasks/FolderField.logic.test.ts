import { expandHome, folderNote, matchingFolders, splitTyped, walkInto } from './FolderField.logic';

const home = '/home/sam';
const listing = { path: home, parent: null, folders: ['.cache', 'Documents', 'Downloads', 'Reports'] };

test('the home folder can be written as ~', () => {
  expect(['~', '~/x', '/a/~', '~sam', ''].map((path) => expandHome(path, home))).toEqual([
    home,
    `${home}/x`,
    '/a/~',
    '~sam',
    '',
  ]);
});

test('a typed path is a folder and the start of a name', () => {
  expect(['', 'Rep', '/', '/ho', '/home/', '/home/sam/Re', 'C:\\Us', 'C:\\Users\\S'].map(splitTyped)).toEqual([
    { parent: '', prefix: '' },
    { parent: '', prefix: 'Rep' },
    { parent: '/', prefix: '' },
    { parent: '/', prefix: 'ho' },
    { parent: '/home', prefix: '' },
    { parent: '/home/sam', prefix: 'Re' },
    { parent: 'C:\\', prefix: 'Us' },
    { parent: 'C:\\Users', prefix: 'S' },
  ]);
});

test('folders complete the typed text, hidden ones only on request', () => {
  expect(matchingFolders('~/', home, listing)).toEqual(['Documents', 'Downloads', 'Reports']);
  expect(matchingFolders('~/do', home, listing)).toEqual(['Documents', 'Downloads']);
  expect(matchingFolders('~/.', home, listing)).toEqual(['.cache']);
  expect(matchingFolders('~/x', home, null)).toEqual([]);
});

test('choosing a folder leaves room for the next name', () => {
  expect(walkInto(listing, 'Reports', home)).toBe('~/Reports/');
  expect(walkInto({ ...listing, path: 'C:\\Users' }, 'Sam', home)).toBe('C:\\Users\\Sam\\');
  expect(walkInto({ ...listing, path: '/' }, 'mnt', home)).toBe('/mnt/');
});

test("a half-typed name isn't called wrong as long as some folder begins with it", () => {
  const wrong = { ok: false as const, problem: 'There is no such folder.' };
  const note = (folder: string, matches: readonly string[]) => folderNote({ folder, check: wrong, matches, home });
  expect(note('~/Rep', ['Reports']).kind).toBe('hint');
  expect(note('~/Rexx', [])).toEqual({ kind: 'problem', text: 'There is no such folder.' });
  expect(note('', []).kind).toBe('hint');
  expect(
    folderNote({ folder: '~/Reports', check: { ok: true, path: '/home/sam/Reports' }, matches: [], home }),
  ).toEqual({
    kind: 'good',
    text: 'The task will see ~/Reports and nothing else.',
  });
});
