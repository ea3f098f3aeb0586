/** The person's files stay theirs, whatever replaces them: deleting or moving one later needs a question. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { names, setUp } from '../journal/test/journal-stage';
import { ownershipOf } from './ownership';
import { Guest } from './test/guest';

/** The person's folder, and the guest of a task that works in it. */
function stage({ allows = [] as readonly string[], asksBeforeChange = false } = {}) {
  const { at, open } = setUp();
  mkdirSync(at('dir/deep'), { recursive: true });
  for (const path of ['p', 'q', 'dir/p', 'dir/deep/p']) writeFileSync(at(path), `the person's ${path}`);
  let journal = open();
  journal.beginTurn(names);
  const guest = new Guest(
    () => journal,
    (of) => ownershipOf(of, asksBeforeChange),
    ({ kind, path }) => allows.includes(`${kind} ${path}`),
  );
  return {
    at,
    guest,
    nextTurn: () => {
      journal.endTurn();
      journal.beginTurn(names);
    },
    restart: () => {
      journal.close();
      journal = open();
      journal.beginTurn(names);
    },
  };
}

type Stage = ReturnType<typeof stage>;

const asks = ({ guest }: Stage, act: (guest: Guest) => void, ...questions: readonly string[]): void => {
  const before = guest.asked.length;
  if (questions.length > 0) expect(() => act(guest)).toThrow('EPERM');
  else act(guest);
  expect(guest.asked.slice(before)).toEqual(questions);
};

const replacements: [string, (guest: Guest) => void][] = [
  ['sed -i', (guest) => guest.save('p', 'edited')],
  [
    "Python's os.replace",
    (guest) => {
      guest.create('t', '');
      guest.rename('t', 'p');
    },
  ],
  [
    'ln -sf',
    (guest) => {
      guest.symlink('/dev/null', 't');
      guest.rename('t', 'p');
    },
  ],
  [
    'ln -f',
    (guest) => {
      guest.create('own', 'x');
      guest.link('own', 't');
      guest.rename('t', 'p');
    },
  ],
  [
    'two saves',
    (guest) => {
      guest.save('p', 'one');
      guest.save('p', 'two');
    },
  ],
];

describe.each(replacements)("after %s the person's file", (_name, replace) => {
  test('is theirs: rm and mv ask', () => {
    const here = stage();
    asks(here, replace);
    asks(here, (guest) => guest.remove('p'), 'delete p');
    asks(here, (guest) => guest.rename('p', 'away'), 'rename p');
    expect(existsSync(here.at('p'))).toBe(true);
  });

  test('is theirs in the next turn, and after a restart', () => {
    const here = stage();
    asks(here, replace);
    here.nextTurn();
    asks(here, (guest) => guest.remove('p'), 'delete p');
    here.restart();
    asks(here, (guest) => guest.remove('p'), 'delete p');
  });
});

test("the person's name stays theirs after they allowed its file to be deleted", () => {
  const here = stage({ allows: ['delete p', 'rename q'] });
  here.guest.remove('p');
  here.guest.create('p', 'new');
  here.guest.rename('q', 'away');
  here.guest.create('q', 'new');
  here.restart();
  asks(here, (guest) => guest.rename('p', 'x'), 'rename p');
  asks(here, (guest) => guest.remove('q'), 'delete q');
});

test("the place that the person's file moved to is theirs, through saves and moves", () => {
  const here = stage({ allows: ['rename p', 'rename d/p'] });
  here.guest.makeDirectory('d');
  here.guest.rename('p', 'd/p');
  here.guest.save('d/p', 'edited');
  here.restart();
  here.guest.rename('d/p', 'd/r');
  here.guest.save('d/r', 'edited again');
  asks(here, (guest) => guest.remove('d/r'), 'delete d/r');
  asks(here, (guest) => guest.rename('d/r', 'd/s'), 'rename d/r');
});

test("the agent's folder with the person's file in it: moving it asks", () => {
  const here = stage({ allows: ['rename p'] });
  here.guest.makeDirectory('d');
  here.guest.makeDirectory('d/e');
  here.guest.rename('p', 'd/e/p');
  here.guest.save('d/e/p', 'edited');
  asks(here, (guest) => guest.rename('d', 'away'), 'rename d');
  here.restart();
  asks(here, (guest) => guest.rename('d', 'away'), 'rename d');
});

test("files in the person's folder are theirs wherever it is moved", () => {
  const here = stage({ allows: ['rename dir', 'rename moved'] });
  here.guest.save('dir/p', 'edited');
  here.guest.rename('dir', 'moved');
  here.guest.save('moved/deep/p', 'edited');
  asks(here, (guest) => guest.remove('moved/p'), 'delete moved/p');
  here.guest.makeDirectory('own');
  here.guest.rename('moved', 'own/again');
  here.restart();
  asks(here, (guest) => guest.remove('own/again/p'), 'delete own/again/p');
  asks(here, (guest) => guest.remove('own/again/deep/p'), 'delete own/again/deep/p');
});

test("a folder that replaces a moved one has the person's names", () => {
  const here = stage({ allows: ['rename dir', 'delete backup/p'] });
  here.guest.rename('dir', 'backup');
  here.guest.makeDirectory('dir');
  here.guest.create('dir/p', 'a new one');
  here.guest.create('dir/other', 'x');
  here.guest.remove('backup/p');
  here.restart();
  asks(here, (guest) => guest.remove('dir/other'));
  asks(here, (guest) => guest.remove('dir/p'), 'delete dir/p');
});

test("a second name of a file that replaces the person's is theirs", () => {
  const here = stage({ allows: ['delete p', 'delete q'] });
  here.guest.save('p', 'edited');
  here.guest.link('p', 'p2');
  here.guest.remove('p');
  asks(here, (guest) => guest.remove('p2'), 'delete p2');
  here.guest.link('q', 'q2');
  here.guest.remove('q');
  here.guest.save('q2', 'edited');
  asks(here, (guest) => guest.remove('q2'), 'delete q2');
});

test('a copy is theirs after their own file was deleted', () => {
  const here = stage({ allows: ['delete p', 'delete dir/p', 'delete dir/deep/p', 'delete dir/deep', 'delete dir'] });
  here.guest.copy('p', 'copy');
  asks(here, (guest) => guest.remove('copy'));
  here.guest.copy('p', 'copy');
  here.guest.remove('p');
  here.guest.copyAll('dir', 'copies');
  here.guest.removeAll('dir');
  asks(here, (guest) => guest.rename('copy', 'x'), 'rename copy');
  here.restart();
  asks(here, (guest) => guest.remove('copy'), 'delete copy');
  asks(here, (guest) => guest.remove('copies/deep/p'), 'delete copies/deep/p');
  here.guest.save('copy', 'edited');
  here.guest.overwrite('copies/p', 'edited');
  here.restart();
  asks(here, (guest) => guest.remove('copy'), 'delete copy');
  asks(here, (guest) => guest.remove('copies/p'), 'delete copies/p');
});

test('git clean after edits asks about every file that the person had', () => {
  const here = stage({ allows: ['delete p'] });
  for (const path of ['p', 'q', 'dir/p', 'dir/deep/p']) here.guest.save(path, 'edited');
  here.guest.create('made', 'x');
  here.nextTurn();
  for (const path of ['q', 'dir/p', 'dir/deep/p']) asks(here, (guest) => guest.remove(path), `delete ${path}`);
  asks(here, (guest) => guest.remove('made'));
});

test("a file of the agent's that the person changed is theirs, also after a save", () => {
  const here = stage();
  here.guest.create('made', 'x');
  writeFileSync(here.at('made'), 'written by the person');
  here.guest.save('made', 'edited');
  asks(here, (guest) => guest.remove('made'), 'delete made');
});

const smallChanges: [string, (guest: Guest) => void][] = [
  ['writes into it', (guest) => guest.overwrite('made', 'x')],
  ['changes its mode', ({ files }) => files.setMode(['made'], 0o700)],
  ['changes its times', ({ files }) => files.setTimes(['made'], { mtimeNs: 1_000_000_000n })],
  ['links it', (guest) => guest.link('made', 'link')],
];

test.each(smallChanges)("a file of the agent's that the person changed is theirs, also when the agent %s", (_, act) => {
  const here = stage();
  here.guest.create('made', 'x');
  writeFileSync(here.at('made'), 'written by the person');
  act(here.guest);
  asks(here, (guest) => guest.remove('made'), 'delete made');
  here.restart();
  asks(here, (guest) => guest.remove('made'), 'delete made');
});

test('with questions before changes, every save is asked', () => {
  const { guest } = stage({ asksBeforeChange: true, allows: ['change q.tmp'] });
  guest.save('q', 'edited');
  guest.save('q', 'edited again');
  expect(guest.asked).toEqual(['change q.tmp', 'change q.tmp']);
});

test("what the agent made stays its own: temporary files, builds, a package manager's folder", () => {
  const here = stage();
  asks(here, (guest) => {
    guest.create('t', 'x');
    guest.remove('t');
    guest.makeDirectory('node_modules');
    guest.makeDirectory('node_modules/.tmp');
    guest.create('node_modules/.tmp/index.js', 'x');
    guest.rename('node_modules/.tmp', 'node_modules/package');
    guest.removeAll('node_modules');
    guest.save('p', 'one');
    guest.save('p', 'two');
    guest.overwrite('p', 'three');
    guest.copy('p', 'p.bak');
    guest.save('p', 'four');
    guest.remove('p.bak');
    guest.create('index.lock', 'x');
    guest.rename('index.lock', 'q');
    guest.create('index.lock', 'y');
    guest.rename('index.lock', 'q');
  });
  here.restart();
  asks(here, (guest) => {
    guest.makeDirectory('node_modules');
    guest.create('node_modules/index.js', 'x');
    guest.removeAll('node_modules');
  });
});
