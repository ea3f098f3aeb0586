import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '../../confined/open-folder';
import type { FolderFiles, Names } from '../../folder/folder-files';
import { Journal } from '../journal';
import { timesPrograms } from '../../times/programs';
import { TimesProgram } from '../../times/times-program';
import { takeBack } from './take-back';
import { planTakeBack } from './plan';
import { measureTakeBack } from '../test/measure-take-back';
import { tempFolder } from '../test/temp-folder';
import { treeDigest } from '../test/tree-digest';

const describeLinux = process.platform === 'linux' ? describe : describe.skip;
const folder = tempFolder();
afterAll(() => folder.remove());

const overwrite = (files: FolderFiles, names: Names, content: string): void => {
  const file = files.openFile(names, { isWritable: true });
  file.setSize(0);
  file.write(Buffer.from(content), 0);
  file.close();
};

describeLinux('undo', () => {
  test('500 files renamed, overwritten, deleted and chmodded come back exactly, with mode and nanoseconds', async () => {
    const root = join(folder.path, 'many');
    mkdirSync(root);
    for (let index = 0; index < 500; index += 1) {
      const parent = join(root, `dir${index % 7}`);
      mkdirSync(parent, { recursive: true });
      writeFileSync(join(parent, `${index}`), `content ${index}`.repeat(index % 9), { mode: 0o600 + (index % 64) });
    }
    symlinkSync('dir1/1', join(root, 'link'));
    linkSync(join(root, 'dir2/2'), join(root, 'second name'));
    chmodSync(join(root, 'dir3'), 0o500);
    const before = treeDigest(root);
    let journal = Journal.open(join(folder.path, 'many-journal'), {
      areas: { folder: { files: openFolder(root), path: root } },
      isSynced: false,
    });
    const turn = journal.beginTurn({ leaf: null, promptId: null });
    const files = journal.folder('folder');
    files.setMode(['dir3'], 0o700);
    for (let index = 0; index < 500; index += 1) {
      const names = [`dir${index % 7}`, `${index}`];
      if (index % 4 === 0) overwrite(files, names, 'overwritten');
      else if (index % 4 === 1) files.rename(names, [`dir${index % 5}`, `renamed ${index}`], { onExisting: 'keep' });
      else if (index % 4 === 2) files.removeFile(names);
      else files.setMode(names, 0o644);
    }
    files.rename(['dir4'], ['dir5', 'inner'], { onExisting: 'keep' });
    files.removeFile(['link']);
    journal.close();
    journal = Journal.open(join(folder.path, 'many-journal'), {
      areas: { folder: { files: openFolder(root), path: root } },
    });
    const progress: number[] = [];
    const result = await takeBack(journal, planTakeBack(journal, { turns: [turn] }), {
      onProgress: (done) => progress.push(done),
    });
    expect(result).toMatchObject({ left: [], areTimesExact: true, isCancelled: false });
    expect(treeDigest(root)).toEqual(before);
    expect(progress.length).toBe(result.done);
    journal.close();
  });

  test('times are set to the nanosecond, for a link too, and before 1970', async () => {
    const path = join(folder.path, 'timed');
    writeFileSync(path, '');
    for (const program of timesPrograms()) {
      const times = new TimesProgram([program]);
      for (const mtimeNs of [1_700_000_000_123_456_789n, -1_500_000_001n, 0n]) {
        expect(await times.set([{ path, atimeNs: 5n, mtimeNs }])).toEqual([true]);
        expect(statSync(path, { bigint: true }).mtimeNs).toBe(mtimeNs);
      }
      const missing = { path: `${path} is not there`, atimeNs: 0n, mtimeNs: 0n };
      expect(await times.set([missing, { path, atimeNs: 1n, mtimeNs: 2n }])).toEqual([false, true]);
      times.end();
    }
  });

  test('when a program is missing or ends before it has answered, the next one is used', async () => {
    const path = join(folder.path, 'followed');
    writeFileSync(path, '');
    const item = { path, atimeNs: 5n, mtimeNs: 7n };
    const broken = [
      ['piwork-no-such-program', []],
      [process.execPath, ['-e', '']],
    ] as const;
    const times = new TimesProgram([...broken, ...timesPrograms()]);
    expect(await times.set([item])).toEqual([true]);
    expect(await times.set([])).toEqual([]);
    times.end();
    expect(await new TimesProgram(broken).set([item])).toBeNull();
  });

  test('without a program that sets times, they are right to the microsecond, and the result says so', async () => {
    const root = join(folder.path, 'rough');
    mkdirSync(root);
    writeFileSync(join(root, 'a'), 'a');
    utimesSync(join(root, 'a'), 1_700_000_000, 1_700_000_000.5);
    execFileSync('touch', ['-d', '@1700000000.123456789', join(root, 'a')]);
    const journal = Journal.open(join(folder.path, 'rough-journal'), {
      areas: { folder: { files: openFolder(root), path: root } },
      isSynced: false,
    });
    const turn = journal.beginTurn({ leaf: null, promptId: null });
    overwrite(journal.folder('folder'), ['a'], 'b');
    journal.endTurn();
    const plan = planTakeBack(journal, { turns: [turn] });
    const result = await takeBack(journal, plan, { setTimes: async () => null });
    expect(result).toMatchObject({ left: [], areTimesExact: false });
    const difference = statSync(join(root, 'a'), { bigint: true }).mtimeNs - 1_700_000_000_123_456_789n;
    expect(difference > -2000n && difference < 2000n).toBe(true);
    journal.close();
  });

  test('undoing 1,000 changed files is measured against copying them', async () => {
    const path = join(folder.path, 'measured');
    mkdirSync(path);
    const times = await measureTakeBack(path, { files: 1000, bytes: 4096, isSynced: false });
    const ratio = (times.planMs + times.takeBackMs) / times.copyMs;
    process.stdout.write(`undoing 1,000 files: ${ratio.toFixed(2)} of copying them\n`);
    // The bench prints the budget; this only catches a ratio that no slow machine explains.
    expect(ratio).toBeLessThan(20);
  });
});
