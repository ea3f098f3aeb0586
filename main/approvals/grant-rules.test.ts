import type { Grant } from '../../schema/approvals';
import { coveringGrant, keptGrants, withGrant, withoutGrant, withoutTask, withoutTurn } from './grant-rules';

const grant = (change: Partial<Grant>): Grant => ({
  id: 'g',
  kind: 'delete',
  scope: 'turn',
  taskId: 'task-a',
  folder: null,
  grantedAt: 1,
  ...change,
});
const turn = grant({ id: 'turn' });
const task = grant({ id: 'task', scope: 'task' });
const folder = grant({ id: 'folder', scope: 'folder', taskId: null, folder: '/home/me/Work' });
const act = { taskId: 'task-a', kind: 'delete', folder: '/home/me/Work' } as const;

it('the widest grant that covers an act is used', () => {
  expect(coveringGrant([turn, task, folder], act)).toBe(folder);
  expect(coveringGrant([turn, task], act)).toBe(task);
  expect(coveringGrant([turn], act)).toBe(turn);
  expect(coveringGrant([], act)).toBeNull();
});

it.each([
  ['another kind', { ...act, kind: 'rename' }],
  ['another task in another folder', { ...act, taskId: 'task-b', folder: '/home/me/Other' }],
  ['a folder below', { ...act, taskId: 'task-b', folder: '/home/me/Work/sub' }],
  ['a folder with a longer name', { ...act, taskId: 'task-b', folder: '/home/me/Workshop' }],
  ['no folder', { ...act, taskId: 'task-b', folder: null }],
] as const)("%s isn't covered", (_what, other) => {
  expect(coveringGrant([turn, task, folder], other)).toBeNull();
});

it('a folder grant without a folder covers nothing', () => {
  expect(coveringGrant([grant({ scope: 'folder', taskId: null })], { ...act, folder: null })).toBeNull();
});

it('lists grow and shrink, and stay the same list when nothing changes', () => {
  const all = [turn, task, folder];
  expect(withGrant(all, { ...task, id: 'again' })).toBe(all);
  expect(withGrant([turn], task)).toEqual([turn, task]);
  expect(withoutGrant(all, 'task')).toEqual([turn, folder]);
  expect(withoutGrant(all, 'nothing')).toBe(all);
  expect(withoutTurn(all, 'task-a')).toEqual([task, folder]);
  expect(withoutTurn(all, 'task-b')).toBe(all);
  expect(withoutTask(all, 'task-a')).toEqual([folder]);
  expect(keptGrants(all)).toEqual([task, folder]);
});
