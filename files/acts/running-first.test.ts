import type { Change } from '../journal/take-back/net-changes';
import { runningFirst } from './running-first';

test('files that programs run come before what the turn did otherwise', () => {
  const named = ['a.txt', 'package.json', 'b.txt', '.git/hooks/pre-commit', '.envrc'];
  const changes: Pick<Change, 'to' | 'from'>[] = named.map((path) => ({ to: path.split('/') }));
  changes.push({ from: ['.bashrc'] });
  expect(runningFirst(changes).map(({ to, from }) => (to ?? from ?? []).join('/'))).toEqual([
    '.git/hooks/pre-commit',
    '.envrc',
    '.bashrc',
    'package.json',
    'a.txt',
    'b.txt',
  ]);
});
