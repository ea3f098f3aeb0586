import type { Snapshot } from '../../schema/snapshot';
import { fakeSnapshot } from '../dev/data/snapshot';
import { fakeTask } from '../dev/data/tasks';
import { applyEvent, applySnapshot, dialogKey, emptyHost, type AppEvent, type HostState } from './host-state';
import { fakeTurn } from '../dev/data/turns';
import { artifactsRead, conversationRead, openTask, turnsRead } from './task-content';
import { areTurnsStale } from './turns-state';

const task = fakeTask('one', { title: 'One' }).summary;
const other = fakeTask('two', { title: 'Two' }).summary;

const snapshot = (tasks: Snapshot['tasks']): Snapshot => ({ ...fakeSnapshot, seq: 7, tasks });
const loaded = applySnapshot(emptyHost, snapshot([task]), 100);

const after = (state: HostState, event: AppEvent['event'], payload: unknown, timestamp = 200): HostState =>
  applyEvent(state, { event, seq: 8, timestamp, payload } as AppEvent);

test('events before the first snapshot change nothing', () => {
  expect(after(emptyHost, 'task.changed', task)).toBe(emptyHost);
});

test('a changed task replaces the old one, a new one is added, a removed one is gone', () => {
  const renamed = after(loaded, 'task.changed', { ...task, title: 'Renamed' });
  const both = after(renamed, 'task.changed', other);
  const rest = after(openTask(both, 'one'), 'task.removed', { taskId: 'one' });
  expect(both.tasks).toEqual({ one: { ...task, title: 'Renamed' }, two: other });
  expect([rest.tasks, rest.conversations, rest.artifacts]).toEqual([{ two: other }, {}, {}]);
});

test('models, settings and the workspace replace their part of the snapshot', () => {
  const models = { providers: [], models: [{ ref: 'a/b', name: 'B' }] };
  const settings = { ...fakeSnapshot.settings, theme: 'dark' as const };
  const state = [
    ['models.changed', models],
    ['settings.changed', settings],
    ['vm.changed', { kind: 'stopping', pid: 3 }],
  ].reduce((before, [event, payload]) => after(before, event as AppEvent['event'], payload), loaded);
  const { setAside, app, approvals, grants } = fakeSnapshot;
  const vm = { kind: 'stopping', pid: 3 };
  expect(state.snapshot).toEqual({ ...models, settings, vm, setAside, app, approvals, grants });
});

test('a conversation grows only after it was opened', () => {
  const change = {
    taskId: 'one',
    revision: 1,
    changes: [{ type: 'add', item: { id: 'u', at: 1, kind: 'user', text: 'hi' } }],
  };
  expect(after(loaded, 'task.conversation', change)).toBe(loaded);
  const opened = conversationRead(openTask(loaded, 'one'), 'one', { items: [], revision: 0 });
  expect(after(opened, 'task.conversation', change).conversations.one?.items).toHaveLength(1);
});

test('a later snapshot marks what was read as stale and keeps it on screen', () => {
  const read = conversationRead(openTask(loaded, 'one'), 'one', {
    items: [{ id: 'u', at: 1, kind: 'user', text: 'hi' }],
    revision: 1,
  });
  const again = applySnapshot(artifactsRead(read, 'one', { artifacts: [], version: 0 }), snapshot([task]), 300);
  expect(again.conversations.one).toMatchObject({ status: 'stale', isLoaded: true, items: [{ text: 'hi' }] });
  expect(again.artifacts.one).toMatchObject({ version: 1, listedVersion: 0 });
});

test('files that change while they are listed are listed again', () => {
  const opened = openTask(loaded, 'one');
  const changed = after(opened, 'task.artifacts', { taskId: 'one' });
  const listed = artifactsRead(changed, 'one', { artifacts: [], version: 0 });
  expect(listed.artifacts.one).toMatchObject({ version: 1, listedVersion: 0 });
});

const turnReport = (state: HostState, turn: number, summary = fakeTurn(turn, {}).summary as object | null) =>
  after(state, 'turn.changed', { taskId: 'one', turn, summary });

test('a reported turn needs no new list, whether it is new, changed or no longer listed', () => {
  const listed = turnsRead(openTask(loaded, 'one'), 'one', { turns: [fakeTurn(2, {}).summary], version: 0 });
  const undone = { ...fakeTurn(2, {}).summary, state: 'taken-back' };
  const told = turnReport(turnReport(turnReport(listed, 3), 2, undone), 1);
  expect(told.turns.one?.turns).toMatchObject([{ turn: 1 }, { turn: 2, state: 'taken-back' }, { turn: 3 }]);
  expect(turnReport(told, 3, null).turns.one?.turns.map(({ turn }) => turn)).toEqual([1, 2]);
  expect(areTurnsStale(told.turns.one!)).toBe(false);
  expect(areTurnsStale(applySnapshot(told, snapshot([task]), 300).turns.one!)).toBe(true);
});

test("a late list of turns doesn't hide what was reported in the meantime", () => {
  const opened = openTask(loaded, 'one');
  const told = turnReport(turnReport(opened, 2, { ...fakeTurn(2, {}).summary, at: 9 }), 3, null);
  const late = [1, 2, 3].map((turn) => fakeTurn(turn, {}).summary);
  const listed = turnsRead(told, 'one', { turns: late, version: 0 });
  expect(listed.turns.one?.turns).toMatchObject([
    { turn: 1, at: 0 },
    { turn: 2, at: 9 },
  ]);
  expect(areTurnsStale(listed.turns.one!)).toBe(false);
});

test('a question is remembered from when it was first seen until it is closed', () => {
  const asking = { ...task, dialogs: [{ id: 'd', method: 'confirm' as const, title: 'Sure?', message: '' }] };
  const first = after(loaded, 'task.changed', asking, 500);
  const again = after(first, 'task.changed', { ...asking, title: 'x' }, 900);
  expect(again.dialogSeenAt).toEqual({ [dialogKey('one', 'd')]: 500 });
  expect(after(again, 'task.changed', task, 950).dialogSeenAt).toEqual({});
});

test('only the most recently opened conversations are kept', () => {
  const names = Array.from({ length: 12 }, (_, index) => `task-${index}`);
  const state = names.reduce(openTask, loaded);
  expect(Object.keys(state.conversations)).toEqual(names.slice(-8));
  expect(Object.keys(openTask(state, 'task-5').conversations).at(-1)).toBe('task-5');
});

test('the end of a run is kept for the task', () => {
  const end = { taskId: 'one', promptId: 'p', isAborted: false, problem: 'No credit left.' };
  expect(after(loaded, 'task.settled', end).runEnds).toEqual({
    one: { promptId: 'p', isAborted: false, problem: 'No credit left.', at: 200 },
  });
});
