import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import { DiskUse } from '../limited/disk-use';
import { LimitedFolder } from '../limited/limited-folder';
import { FileServer } from './file-server';
import { canMount, type KernelMount, mountInKernel } from './test/kernel-mount';

jest.setTimeout(60_000);

(canMount() ? describe : describe.skip)('a real kernel', () => {
  let host: string;
  let server: FileServer;
  let mount: KernelMount;
  const logged: string[] = [];

  beforeAll(async () => {
    host = mkdtempSync(join(tmpdir(), 'piwork-served-'));
    server = new FileServer({ uid: 0, gid: 0, log: (line) => logged.push(line) });
    mkdirSync(join(host, 'folder'));
    mkdirSync(join(host, 'uploads'));
    writeFileSync(join(host, 'folder', 'hello.txt'), 'hello\n');
    writeFileSync(join(host, 'uploads', 'given.txt'), 'given\n');
    mount = await mountInKernel(server);
    server.bind({ taskId: 't1', area: 'folder', files: openFolder(join(host, 'folder')), isWritable: true });
    server.bind({ taskId: 't1', area: 'uploads', files: openFolder(join(host, 'uploads')), isWritable: false });
  });
  afterAll(async () => {
    await mount.unmount();
    server.close();
    rmSync(host, { recursive: true });
    expect(logged).toEqual([]);
  });

  const run = async (script: string) => (await mount.run(script)).output;

  test('lists what is bound', async () => {
    expect(await run('ls; ls t1; ls t1/folder')).toBe('t1\nfolder\nuploads\nhello.txt\n');
  });

  test('reads, writes, renames and removes', async () => {
    const script = `cd t1/folder
cat hello.txt; echo one > new.txt; echo two >> new.txt; cat new.txt
mkdir -p a/b; mv new.txt a/b/moved.txt; ls -R a; ln -s b/moved.txt a/link; cat a/link
chmod 751 a/b; stat -c %a a/b; touch -d @1000000000 a/b/moved.txt; stat -c %Y a/b/moved.txt
rm -r a; ls`;
    expect(await run(script)).toBe('hello\none\ntwo\na:\nb\n\na/b:\nmoved.txt\none\ntwo\n751\n1000000000\nhello.txt\n');
  });

  test('a directory that was removed under a program is empty', async () => {
    expect(await run('cd t1/folder; mkdir gone; cd gone; rmdir ../gone; ls -a; touch x')).toMatch(
      /^touch: cannot touch 'x': No such file or directory\n$/,
    );
  });

  test('64 MB arrive', async () => {
    expect(
      await run('cd t1/folder; head -c 67108864 /dev/urandom > big; sha256sum < big; sync big; stat -c %s big'),
    ).toMatch(/^[0-9a-f]{64} {2}-\n67108864\n$/);
    const { output } = await mount.run('sha256sum < t1/folder/big');
    expect(output).toBe(await run(`sha256sum < ${join(host, 'folder', 'big')}`));
    await run('rm t1/folder/big');
  });

  test("uploads can't be changed", async () => {
    expect(await run('cat t1/uploads/given.txt; echo x > t1/uploads/x')).toMatch(/^given\n.*Read-only file system/);
    expect(await run('echo x >> t1/uploads/given.txt; rm t1/uploads/given.txt')).toMatch(/Read-only.*\n.*Read-only/);
    expect(readFileSync(join(host, 'uploads', 'given.txt'), 'utf8')).toBe('given\n');
  });

  test('nothing can be created above the folders', async () => {
    expect((await mount.run('mkdir t2')).exitCode).toBe(1);
    expect((await mount.run('touch t1/x')).exitCode).toBe(1);
    expect((await mount.run('rmdir t1/folder')).exitCode).toBe(1);
  });

  test('a task that has used its share of the disk gets an error, and what it wrote before stays', async () => {
    const warnings: number[] = [];
    const use = new DiskUse({ limit: () => 8 << 20, onFull: (limit) => warnings.push(limit) });
    mkdirSync(join(host, 'limited'));
    const files = new LimitedFolder(openFolder(join(host, 'limited')), use);
    server.bind({ taskId: 't3', area: 'outputs', files, isWritable: true });
    const { output, exitCode } = await mount.run(`cd t3/outputs; echo before > kept
df --output=avail -m . | tail -1; head -c 32000000 /dev/zero > large && sync large; echo; cat kept; rm large
echo after > kept && sync kept; cat kept; df --output=avail -m . | tail -1`);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^ +8\n\nbefore\nafter\n +8\nhead: write error: No space left on device\n$/);
    expect(warnings).toEqual([8 << 20]);
    server.unbind('t3');
  });

  test('folders come and go', async () => {
    server.bind({ taskId: 't2', area: 'outputs', files: openFolder(join(host, 'uploads')), isWritable: true });
    expect(await run('ls; ls t2 t2/outputs')).toBe('t1\nt2\nt2:\noutputs\n\nt2/outputs:\ngiven.txt\n');
    server.unbind('t2');
    expect(await run('ls; ls t2')).toMatch(/^t1\nls: cannot access 't2'/);
  });
});
