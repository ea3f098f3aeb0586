import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import type { FolderWatch } from '../watch/folder-watch';
import { openWatch } from '../watch/open-watch';
import { Errno } from '../folder/errno';
import { FileServer } from './file-server';
import type { Gate } from './intended-change';
import { canMount, type KernelMount, mountInKernel } from './test/kernel-mount';

const unwatchable: FolderWatch = { watch: () => null, close: () => undefined };

jest.setTimeout(60_000);

(canMount() ? describe : describe.skip).each([
  ['watched', openWatch],
  ['that cannot be watched', () => unwatchable],
])('a folder %s, seen by a real kernel', (kind, watch) => {
  let host: string;
  let server: FileServer;
  let mount: KernelMount;
  let gate: Gate = () => undefined;
  const at = (...names: string[]) => join(host, ...names);

  beforeAll(async () => {
    host = mkdtempSync(join(tmpdir(), 'piwork-watched-'));
    server = new FileServer({ uid: 0, gid: 0, gate: (change, dropped) => gate(change, dropped) });
    mount = await mountInKernel(server);
    server.bind({ taskId: 't', area: 'folder', files: openFolder(host), watch: watch(host), isWritable: true });
  });
  afterAll(async () => {
    await mount.unmount();
    server.close();
    rmSync(host, { recursive: true });
  });
  beforeEach(() => {
    mkdirSync(at('d'));
    writeFileSync(at('d', 'a'), '1');
  });
  afterEach(() => rmSync(at('d'), { recursive: true, force: true }));

  /** Runs the check in the guest until it succeeds; returns how long that took. */
  async function becomes(check: string): Promise<number> {
    const script = `cd t/folder; s=$(date +%s%N); until ${check}; do :; done; echo $(( ($(date +%s%N) - s) / 1000000 ))`;
    const { output, exitCode } = await mount.run(script, 30_000);
    expect([check, exitCode]).toEqual([check, 0]);
    return Number(output);
  }
  const first = (script: string) => mount.run(`cd t/folder; ${script}`);

  test.each<[string, string, () => void, string]>([
    ['content of another size', 'stat d/a', () => writeFileSync(at('d', 'a'), '4444'), '[ $(stat -c %s d/a) = 4 ]'],
    ['content of the same size', 'cat d/a', () => writeFileSync(at('d', 'a'), '2'), '[ $(cat d/a) = 2 ]'],
    ['a mode', 'stat d/a', () => chmodSync(at('d', 'a'), 0o640), '[ $(stat -c %a d/a) = 640 ]'],
    ['a new file', 'ls d; stat d/n', () => writeFileSync(at('d', 'n'), ''), '[ "$(ls d)" = "a\nn" ] && [ -e d/n ]'],
    ['a file removed', 'ls d; stat d/a', () => rmSync(at('d', 'a')), '[ ! -e d/a ] && [ "$(ls d)" = "" ]'],
    [
      'a file renamed',
      'ls d; stat d/a d/b',
      () => renameSync(at('d', 'a'), at('d', 'b')),
      '[ ! -e d/a ] && [ -e d/b ] && [ "$(ls d)" = b ]',
    ],
    [
      'a directory in the place of a file',
      'cat d/a',
      () => {
        rmSync(at('d', 'a'));
        mkdirSync(at('d', 'a'));
      },
      '[ -d d/a ]',
    ],
    [
      'a link in the place of a file',
      'cat d/a',
      () => {
        rmSync(at('d', 'a'));
        symlinkSync('b', at('d', 'a'));
      },
      '[ -L d/a ]',
    ],
    [
      'a whole tree moved',
      'ls -R d',
      () => {
        mkdirSync(at('d', 'x', 'y'), { recursive: true });
        writeFileSync(at('d', 'x', 'y', 'z'), 'z');
        renameSync(at('d', 'x'), at('d', 'w'));
      },
      '[ "$(cat d/w/y/z)" = z ] && [ ! -e d/x ]',
    ],
  ])('%s is seen immediately', async (_what, before, edit, check) => {
    await first(before);
    edit();
    expect(await becomes(check)).toBeLessThan(1500);
  });

  test('many names in one moment are all listed, and none that is gone', async () => {
    for (let round = 0; round < 10; round += 1) {
      await first('ls d');
      for (let index = 0; index < 20; index += 1) writeFileSync(at('d', `n${index}`), '');
      await becomes('[ $(ls d | wc -l) = 21 ]');
      for (let index = 0; index < 20; index += 1) rmSync(at('d', `n${index}`));
      await becomes('[ $(ls d | wc -l) = 1 ]');
    }
  });

  test('changes are seen even when there are more than the system can report', async () => {
    // The kernel queues 16,384 events. Without watches, there can't be too many.
    const count = kind === 'watched' ? 20_000 : 500;
    mkdirSync(at('d', 'many'));
    await first('ls d d/many; stat d/a d/last');
    for (let index = 0; index < count; index += 1) writeFileSync(at('d', 'many', `n${index}`), '');
    writeFileSync(at('d', 'a'), '4444');
    writeFileSync(at('d', 'last'), '');
    await becomes(`[ $(ls d/many | wc -l) = ${count} ]`);
    await becomes('[ $(stat -c %s d/a) = 4 ] && [ -e d/last ] && [ "$(ls d | wc -l)" = 3 ]');
  });

  (kind === 'watched' ? test : test.skip)(
    'who has a file open sees each rewriting of it, not the first alone',
    async () => {
      const reader = `
import os, time
held = os.open('d/a', os.O_RDONLY)
for wanted in '1234':
    until = time.time() + 3
    while os.pread(held, 1, 0).decode() != wanted and time.time() < until: pass
    if time.time() < until: open('d/seen-' + wanted, 'w').close()
`;
      const reading = first(`python3 -c "${reader}"`);
      for (const [before, next] of ['12', '23', '34']) {
        while (!existsSync(at('d', `seen-${before ?? ''}`))) await new Promise((resolve) => setImmediate(resolve));
        writeFileSync(at('d', 'a'), next ?? '');
      }
      await reading;
      expect(existsSync(at('d', 'seen-4'))).toBe(true);
    },
  );

  test('changes in a folder in which a change is held block nobody', async () => {
    await first('ls d; cat d/a');
    const refusals: Array<() => void> = [];
    gate = ({ kind: intended }) =>
      intended === 'remove' ? new Promise((_, reject) => refusals.push(() => reject(new Errno('EPERM')))) : undefined;
    const removed = first('rm d/a; ls d');
    while (refusals.length === 0) await new Promise((resolve) => setImmediate(resolve));
    // The kernel waits for the folder's lock before it handles the notification.
    writeFileSync(at('d', 'n'), '');
    expect((await first('cat d/a; echo x > elsewhere; cat elsewhere')).output).toMatch(/^1x\n/);
    for (const refuse of refusals.splice(0)) refuse();
    gate = () => undefined;
    expect((await removed).output).toContain('Operation not permitted');
    await becomes('[ "$(ls d)" = "a\nn" ]');
  });

  test('what the guest itself does stays cached', async () => {
    const script = `mkdir d/e; for i in $(seq 100); do echo $i > d/e/f$i; done; mv d/e/f1 d/e/g; rm d/e/f2; ls d/e | wc -l
cat d/e/g; stat -c %s d/e/f10; rm -r d/e; ls d`;
    expect((await first(script)).output).toBe('99\n1\n3\na\n');
  });

  test(`names in a folder ${kind} are right after the guest moved it`, async () => {
    await first('mkdir -p d/p/q; echo 1 > d/p/q/f; ls -R d; mv d/p d/r; ls -R d');
    writeFileSync(at('d', 'r', 'q', 'n'), '22');
    await becomes('[ -e d/r/q/n ] && [ "$(ls d/r/q)" = "f\nn" ]');
  });
});
