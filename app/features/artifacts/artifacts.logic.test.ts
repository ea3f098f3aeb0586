import type { Artifact } from '../../../schema/artifacts';
import { fileKind, filePlace, filesOf, neighbour } from './artifacts.logic';

const file = (area: Artifact['area'], path: string, modifiedAt: number): Artifact => ({
  area,
  path,
  modifiedAt,
  bytes: 1,
});
const artifacts = [file('uploads', 'a.pdf', 9), file('outputs', 'old.md', 1), file('outputs', 'new.csv', 5)];

test('each area has its files, newest first', () => {
  expect(filesOf(artifacts, 'outputs').map(({ path }) => path)).toEqual(['new.csv', 'old.md']);
});

test('the arrow keys go through outputs, then uploads', () => {
  const path = (key: string, step: 1 | -1): string | undefined => neighbour(artifacts, key, step)?.path;
  expect([path('outputs/new.csv', 1), path('outputs/old.md', 1), path('uploads/a.pdf', 1)]).toEqual([
    'old.md',
    'a.pdf',
    undefined,
  ]);
  expect([path('outputs/new.csv', -1), path('gone', 1)]).toEqual([undefined, undefined]);
});

test('names suggest a kind', () => {
  expect(['a.MD', 'b.ts', 'c.jpeg', 'd.csv', 'Makefile', 'x.'].map(fileKind)).toEqual([
    'text',
    'code',
    'image',
    'table',
    'other',
    'other',
  ]);
});

test('a file has a path on this computer', () => {
  expect(filePlace('/state', 'task-1', { area: 'outputs', path: 'a/b.md' })).toBe(
    '/state/taskstate/task-1/outputs/a/b.md',
  );
});
