import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { setUp } from './test/journal-stage';
import { treeDigest } from './test/tree-digest';
import { planTakeBack } from './take-back/plan';
import { takeBack } from './take-back/take-back';

(process.platform === 'linux' ? describe : describe.skip)("files whose names aren't UTF-8", () => {
  test.each([true, false])('are undone and redone, from the log alone: %s', async (isReopened) => {
    const { root, store, open, at } = setUp();
    const bytes = (name: string) => Buffer.from(at(name), 'latin1');
    mkdirSync(at('legacy'));
    mkdirSync(bytes('legacy/d\xe9'));
    for (const name of ['caf\xe9.txt', 'ok.txt', 'd\xe9/\xff', 'd\xe9/\xfe'])
      writeFileSync(bytes(`legacy/${name}`), name);
    symlinkSync(Buffer.from('d\xe9/\xff', 'latin1'), bytes('legacy/l\xe9'));
    const before = treeDigest(root);
    let journal = open();
    const turn = journal.beginTurn({ leaf: 't', promptId: null });
    const files = journal.folder('folder');
    // Archive, then delete.
    files.createFile(['legacy.tar'], 0o644).close();
    files.rename(['legacy', 'd\udce9', '\udcff'], ['legacy', 'm\udce9'], { onExisting: 'keep' });
    const changed = files.openFile(['legacy', 'd\udce9', '\udcfe'], { isWritable: true });
    changed.write(Buffer.from('other'), 0);
    changed.close();
    for (const name of ['caf\udce9.txt', 'ok.txt', 'l\udce9']) files.removeFile(['legacy', name]);
    files.makeSymlink(['n\udce9'], '\udce8');
    journal.endTurn();
    const after = treeDigest(root);
    if (isReopened) {
      journal.close();
      journal = open();
    }
    const removed = journal
      .changes(turn)
      .flatMap(({ kind, from }) => (kind === 'deleted' && from ? [from.join('/')] : []));
    expect(removed.sort()).toEqual(['legacy/caf\udce9.txt', 'legacy/l\udce9', 'legacy/ok.txt']);
    expect((await takeBack(journal, planTakeBack(journal, { turns: [turn] }))).left).toEqual([]);
    expect(treeDigest(root)).toEqual(before);
    expect(readFileSync(bytes('legacy/caf\xe9.txt'), 'utf8')).toBe('caf\xe9.txt');
    expect(readlinkSync(bytes('legacy/l\xe9'), 'latin1')).toBe('d\xe9/\xff');
    expect((await takeBack(journal, planTakeBack(journal, { turns: [turn], isRedo: true }))).left).toEqual([]);
    expect(treeDigest(root)).toEqual(after);
    journal.close();
    // The log is text: a name in it must not be cut to a mark.
    for (const number of readdirSync(`${store}/turns`))
      expect(readFileSync(`${store}/turns/${number}/ops.jsonl`, 'utf8')).not.toContain('\ufffd');
  });
});
