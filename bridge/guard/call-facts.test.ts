import { callFacts } from './call-facts';
import type { FolderLook } from './folder-look';

const folders = ['/mnt', '/mnt/workdir'];
const files = ['/mnt/workdir/a.txt', '/mnt/workdir/b.txt'];
const look: FolderLook = {
  kindOf: (path) => (files.includes(path) ? 'file' : folders.includes(path) ? 'directory' : null),
  namesIn: () => ['a.txt', 'b.txt'],
};
const of = (tool: string, input: Record<string, string>) => callFacts({ tool, input, cwd: '/mnt/workdir' }, look);

test('a command has the acts that it names, and its properties', () => {
  expect(of('bash', { command: 'sudo rm a.txt b.txt; mv a.txt c.txt' })).toEqual({
    acts: [
      { kind: 'delete', path: '/mnt/workdir/a.txt', target: '', count: 1 },
      { kind: 'delete', path: '/mnt/workdir/b.txt', target: '', count: 1 },
      { kind: 'rename', path: '/mnt/workdir/a.txt', target: '/mnt/workdir/c.txt', count: 1 },
      { kind: 'privileged', path: '', target: '', count: 0 },
    ],
    paths: ['/mnt/workdir/a.txt', '/mnt/workdir/b.txt', '/mnt/workdir/c.txt'],
    sentence: 'delete 2 files, rename a.txt',
    privileged: true,
    network: false,
    longRunning: false,
  });
});

test.each([
  ['edit', { path: 'a.txt' }, 'change a.txt'],
  ['write', { path: '/mnt/workdir/new.txt', content: '' }, 'create new.txt'],
  ['read', { path: 'a.txt' }, ''],
  ['grep', { pattern: 'x' }, ''],
  ['bash', { script: 'rm a.txt' }, ''],
])('%s of %j: %s', (tool, input, sentence) => {
  expect(of(tool, input as unknown as Record<string, string>).sentence).toBe(sentence);
});

test('VTCode names its command differently', () => {
  expect(of('exec_command', { cmd: 'rm a.txt' }).sentence).toBe('delete a.txt');
});
