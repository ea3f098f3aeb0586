import type { FileStatus } from '../folder/folder-files';
import { HeldActs, questionFor } from './held-acts';
import type { ChangeKind, IntendedChange } from '../server/intended-change';

const status = (ino: bigint): FileStatus => ({
  ...{ kind: 'file', mode: 0o644, size: 3, blocks: 1, links: 1, dev: 1n, ino },
  ...{ atimeNs: 0n, mtimeNs: 0n, ctimeNs: 0n },
});
const persons = status(1n);
const own = status(2n);
/** A named pipe of the guest's, which isn't on the host */
const pipe: FileStatus = { ...status(3n), kind: 'other', special: 'fifo' };
const change = (kind: ChangeKind, of: FileStatus | null, target?: FileStatus | null): IntendedChange => ({
  ...{ kind, taskId: 'task-1', area: 'folder', names: ['a.txt'], status: of, caller: { pid: 7, uid: 1000 } },
  ...(target !== undefined && { target, to: ['b.txt'] }),
});
const asked = (intended: IntendedChange, asksBeforeChange: boolean) =>
  questionFor(intended, { asksBeforeChange, isOwn: (_names, { ino }) => ino === own.ino, holdsPersons: () => false });

test.each<[ChangeKind, FileStatus | null, FileStatus | null | undefined, string | null, string | null]>([
  ['remove', persons, undefined, 'delete', 'delete'],
  ['remove', own, undefined, null, null],
  ['removeDirectory', persons, undefined, 'delete', 'delete'],
  ['rename', persons, null, 'rename', 'rename'],
  ['rename', own, null, null, null],
  ['rename', own, own, null, null],
  // Editors save like this: a new file replaces the old one.
  ['rename', own, persons, null, 'change'],
  ['exchange', persons, own, 'rename', 'rename'],
  ['exchange', own, persons, 'rename', 'rename'],
  ['exchange', own, own, null, null],
  ['content', persons, undefined, null, 'change'],
  ['content', own, undefined, null, null],
  ['mode', persons, undefined, null, 'change'],
  ['times', persons, undefined, null, null],
  ['create', null, undefined, null, null],
  ['remove', pipe, undefined, null, null],
  ['rename', pipe, null, null, null],
  ['rename', persons, pipe, 'rename', 'rename'],
])('%s', (kind, of, target, byDefault, ifChangesAreAsked) => {
  expect(asked(change(kind, of, target), false)).toBe(byDefault);
  expect(asked(change(kind, of, target), true)).toBe(ifChangesAreAsked);
});

function hold() {
  const told: unknown[] = [];
  const acts = new HeldActs({ onAsked: (act) => told.push(act), onDropped: (id) => told.push(`dropped ${id}`) });
  const dropped = new AbortController();
  return { told, acts, dropped, held: acts.hold(change('remove', persons), 'delete', dropped.signal) };
}

test('an act waits for its answer', async () => {
  const { told, acts, held } = hold();
  expect(told).toEqual([
    {
      id: 1,
      taskId: 'task-1',
      kind: 'delete',
      path: 'a.txt',
      to: null,
      sizeBytes: 3,
      fileKind: 'file',
      pid: 7,
      sentence: null,
    },
  ]);
  acts.answer(1, true);
  await expect(held).resolves.toBeUndefined();
});

test('Deny is EPERM, and a second answer changes nothing', async () => {
  const { acts, held } = hold();
  acts.answer(1, false);
  acts.answer(1, true);
  await expect(held).rejects.toMatchObject({ code: 'EPERM' });
});

test('an act whose program has ended is dropped, and reported once', async () => {
  const { told, acts, held, dropped } = hold();
  dropped.abort();
  await expect(held).rejects.toMatchObject({ code: 'EPERM' });
  acts.refuseAll('task-1');
  expect(told.slice(1)).toEqual(['dropped 1']);
});

test('when nobody can answer, all acts of the task are refused', async () => {
  const { acts, held } = hold();
  acts.refuseAll('task-2');
  acts.refuseAll('task-1');
  await expect(held).rejects.toMatchObject({ code: 'EPERM' });
});
