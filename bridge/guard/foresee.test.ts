import { foresee } from './foresee';
import type { FolderLook } from './folder-look';
import { readCommand } from './read-command';

const folder = '/mnt/workdir';

/** Files below the folder, by path; folders exist where files are in them. */
function lookAt(paths: readonly string[]): FolderLook {
  const files = new Set(paths.map((path) => `${folder}/${path}`));
  const folders = new Set<string>(['/', '/mnt', '/mnt/taskstate']);
  for (const path of files) {
    const names = path.split('/');
    for (let length = 2; length < names.length; length += 1) folders.add(names.slice(0, length).join('/'));
  }
  return {
    kindOf: (path) => (files.has(path) ? 'file' : folders.has(path) ? 'directory' : null),
    namesIn: (path) => {
      const start = path === '/' ? '/' : `${path}/`;
      const below = [...files, ...folders].filter((one) => one.startsWith(start) && one !== path);
      return [...new Set(below.map((one) => one.slice(start.length).split('/')[0] ?? ''))];
    },
  };
}

const look = lookAt([
  'a.txt',
  'b.txt',
  'c.md',
  '.env',
  'my file',
  '*.odd',
  'Reports/q1.csv',
  'Reports/q2.csv',
  'Reports/old/x',
]);

const acts = (command: string): string[] =>
  foresee(readCommand(command, folder).acts, look).map(({ kind, path, target }) => {
    const short = (full: string): string => full.replace(`${folder}/`, '');
    return target === '' ? `${kind} ${short(path)}` : `${kind} ${short(path)} > ${short(target)}`;
  });

test.each<[string, string[]]>([
  ['rm a.txt', ['delete a.txt']],
  ['rm -rf Reports absent', ['delete Reports']],
  ['rm *.txt', ['delete a.txt', 'delete b.txt']],
  ['rm "*.odd" my\\ file', ['delete *.odd', 'delete my file']],
  ["rm -- '-x' ./a.txt", ['delete a.txt']],
  ['rm ?.md .e*', ['delete c.md', 'delete .env']],
  ['rm *', ['delete a.txt', 'delete b.txt', 'delete c.md', 'delete my file', 'delete *.odd', 'delete Reports']],
  ['cd Reports && rm *.csv', ['delete Reports/q1.csv', 'delete Reports/q2.csv']],
  ['(cd Reports; rm q1.csv); rm a.txt', ['delete Reports/q1.csv', 'delete a.txt']],
  ['cd Reports/old && rm ../q1.csv', ['delete Reports/q1.csv']],
  ['ls\nrm a.txt # rm b.txt', ['delete a.txt']],
  ['echo "rm a.txt"', []],
  ['echo $(rm a.txt)', ['delete a.txt']],
  ['for f in a.txt b.txt; do rm "$f"; done', ['delete a.txt', 'delete b.txt']],
  ['for f in *.txt; do mv "$f" "Reports/$f"; done', []],
  // The file server asks about a conditional act when it happens.
  ['if true; then rm a.txt; else rm b.txt; fi', []],
  ['case x in x) rm a.txt ;; esac; rm /mnt/workdir/b.txt', ['delete b.txt']],
  ['test -e a.txt && rm a.txt || rm b.txt', ['delete a.txt']],
  ['while read f; do rm a.txt; done', []],
  ['sudo -u root rm a.txt', ['delete a.txt']],
  ['timeout 5 env A=1 rm a.txt', ['delete a.txt']],
  ["bash -c 'cd Reports; rm q1.csv'", ['delete Reports/q1.csv']],
  ['/bin/rm /mnt/workdir/a.txt', ['delete a.txt']],
  ['rm a.txt; rm a.txt', ['delete a.txt']],
  ['mv a.txt b2.txt', ['rename a.txt > b2.txt']],
  ['mv a.txt b.txt Reports', ['move a.txt > Reports/a.txt', 'move b.txt > Reports/b.txt']],
  ['mv -t Reports *.txt', ['move a.txt > Reports/a.txt', 'move b.txt > Reports/b.txt']],
  ['mv a.txt /mnt/taskstate/', ['move a.txt > /mnt/taskstate/a.txt']],
  ['git mv a.txt z.txt; git rm b.txt', ['rename a.txt > z.txt', 'delete b.txt']],
  ['git rm --cached b.txt', []],
  ["find . -name '*.csv' -delete", ['delete Reports/q1.csv', 'delete Reports/q2.csv']],
  ["find Reports -iname 'Q1*' -type f -exec rm -f {} +", ['delete Reports/q1.csv']],
  ["find . -maxdepth 1 -name '*.txt' -exec rm {} \\;", ['delete a.txt', 'delete b.txt']],
  ['find . -mtime +3 -delete', []],
  ["find . -name '*.csv'", []],
  ['rm $UNKNOWN ~/a.txt', []],
  ['cd "$X" && rm a.txt', []],
  ['f() { rm a.txt; }', []],
  ['rm "unclosed', []],
])('%s', (command, expected) => {
  expect(acts(command)).toEqual(expected);
});

test.each<[string, object]>([
  ['sudo ls', { isPrivileged: true }],
  ['mount | grep workdir', { isPrivileged: false }],
  ['mount -t tmpfs tmpfs /mnt', { isPrivileged: true }],
  ['top -b -n 1', { isEndless: false }],
  ['curl http://x', { reachesNetwork: true }],
  ['git status', { reachesNetwork: false }],
  ['git push', { reachesNetwork: true }],
  ['tail -f log', { isEndless: true }],
  ['sleep 5', { isEndless: false }],
  ['sleep 2h', { isEndless: true }],
  ['while true; do date; done', { isEndless: true }],
  ['while read line; do echo; done < a.txt', { isEndless: false }],
  ['python3 -m http.server &', { isEndless: true }],
])('%s is %j', (command, expected) => {
  expect(readCommand(command, folder)).toMatchObject(expected);
});

test('reads any input, in bounded time', () => {
  for (const text of [
    '',
    '\0',
    '$(('.repeat(500),
    '('.repeat(5000),
    `rm ${'{a,b}'.repeat(40)}`,
    'rm '.repeat(30_000),
  ]) {
    expect(Array.isArray(acts(text))).toBe(true);
  }
});
