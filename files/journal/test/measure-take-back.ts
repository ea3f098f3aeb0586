/** How long an undo takes, compared with copying the same files once. */
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '../../confined/open-folder';
import { Journal } from '../journal';
import { takeBack } from '../take-back/take-back';
import { planTakeBack } from '../take-back/plan';

export interface TakeBackTimes {
  readonly copyMs: number;
  /** Overwriting the files in a turn, with the earlier content of each kept */
  readonly changeMs: number;
  /** Like `changeMs`, without a journal */
  readonly plainChangeMs: number;
  readonly planMs: number;
  readonly takeBackMs: number;
}

const timed = async (act: () => unknown): Promise<number> => {
  const start = performance.now();
  await act();
  return performance.now() - start;
};

/** Creates files, overwrites each in a turn, undoes the turn, and copies the files. The caller empties `folder`. */
export async function measureTakeBack(
  folder: string,
  { files: count, bytes, isSynced }: { readonly files: number; readonly bytes: number; readonly isSynced: boolean },
): Promise<TakeBackTimes> {
  const root = join(folder, 'root');
  const copies = join(folder, 'copies');
  for (const path of [root, copies]) mkdirSync(path);
  for (let index = 0; index < count; index += 1) writeFileSync(join(root, `${index}`), Buffer.alloc(bytes, index));
  const copyMs = await timed(() => {
    for (const name of readdirSync(root)) copyFileSync(join(root, name), join(copies, name));
  });
  const other = Buffer.alloc(bytes, 'x');
  const changeAll = (files: ReturnType<typeof openFolder>): void => {
    for (let index = 0; index < count; index += 1) {
      const file = files.openFile([`${index}`], { isWritable: true });
      file.write(other, 0);
      file.close();
    }
  };
  const plain = openFolder(copies);
  const plainChangeMs = await timed(() => changeAll(plain));
  plain.close();
  const areas = { folder: { files: openFolder(root), path: root } };
  const journal = Journal.open(join(folder, 'journal'), { areas, isSynced });
  const turn = journal.beginTurn({ leaf: null, promptId: null });
  const changeMs = await timed(() => changeAll(journal.folder('folder')));
  journal.endTurn();
  let plan = planTakeBack(journal, { turns: [turn] });
  const planMs = await timed(() => (plan = planTakeBack(journal, { turns: [turn] })));
  const takeBackMs = await timed(() => takeBack(journal, plan));
  journal.close();
  return { copyMs, changeMs, plainChangeMs, planMs, takeBackMs };
}
