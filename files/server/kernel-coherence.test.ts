import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import { Errno } from '../folder/errno';
import { FileServer } from './file-server';
import type { Gate } from './intended-change';
import { canMount, type KernelMount, mountInKernel } from './test/kernel-mount';

jest.setTimeout(60_000);

(canMount() ? describe : describe.skip)('a real kernel', () => {
  let host: string;
  let server: FileServer;
  let mount: KernelMount;
  let gate: Gate;
  const logged: string[] = [];
  const at = (...names: string[]) => join(host, ...names);

  beforeAll(async () => {
    host = mkdtempSync(join(tmpdir(), 'piwork-coherent-'));
    server = new FileServer({
      uid: 0,
      gid: 0,
      gate: (change, dropped) => gate(change, dropped),
      log: (line) => logged.push(line),
    });
    mount = await mountInKernel(server);
    server.bind({ taskId: 't', area: 'folder', files: openFolder(host), isWritable: true });
  });
  beforeEach(() => {
    gate = () => undefined;
  });
  afterAll(async () => {
    await mount.unmount();
    server.close();
    rmSync(host, { recursive: true });
    expect(logged).toEqual([]);
  });
  const run = async (script: string) => (await mount.run(`cd t/folder\n${script}`)).output;

  test('what the person writes is read at the next open, without a notification', async () => {
    await run('echo from the guest > f; cat f');
    writeFileSync(at('f'), 'from the person, and longer\n');
    expect(await run('cat f; stat -c %s f')).toBe('from the person, and longer\n28\n');
    writeFileSync(at('f'), 'FROM the person, and longer\n');
    expect(await run('cat f')).toBe('FROM the person, and longer\n');
    expect(await run('echo again >> f; cat f')).toBe('FROM the person, and longer\nagain\n');
    expect(readFileSync(at('f'), 'utf8')).toBe('FROM the person, and longer\nagain\n');
  });

  test('a file that the person replaced or removed can be created again', async () => {
    await run('echo 1 > r; cat r');
    writeFileSync(at('other'), 'other\n');
    renameSync(at('other'), at('r'));
    expect(await run('cat r; echo 2 > r; cat r')).toBe('other\n2\n');
    rmSync(at('r'));
    expect(await run('echo 3 > r; cat r')).toBe('3\n');
  });

  test('an open file stays usable while the person replaces it', async () => {
    await run('echo before > o');
    const done = run('exec 3< o; touch ready; while [ ! -e go ]; do sleep 0.05; done; cat <&3; cat o');
    while (!existsSync(at('ready'))) await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(at('new'), 'after\n');
    renameSync(at('new'), at('o'));
    writeFileSync(at('go'), '');
    expect(await done).toBe('before\nafter\n');
  });

  test('mapped memory, a database with a write-ahead log, locks', async () => {
    const script = `python3 - <<'END'
import fcntl, mmap, sqlite3
open('m', 'wb').write(b'.' * 8192)
with open('m', 'r+b') as f:
    memory = mmap.mmap(f.fileno(), 8192); memory[0:5] = b'hello'; memory.flush()
    fcntl.flock(f, fcntl.LOCK_EX); fcntl.lockf(f, fcntl.LOCK_EX)
one = sqlite3.connect('db'); one.execute('pragma journal_mode=wal'); one.execute('create table t(x)')
for i in range(20): one.execute('insert into t values(?)', (i,)); one.commit()
two = sqlite3.connect('db')
print(two.execute('select count(*) from t').fetchone(), two.execute('pragma integrity_check').fetchone())
END`;
    expect(await run(script)).toBe("(20,) ('ok',)\n");
    expect(readFileSync(at('m')).subarray(0, 6).toString()).toBe('hello.');
  });

  test('git', async () => {
    const script = `mkdir g; cd g; git init -q .; for i in $(seq 50); do echo $i > f$i; done; git add -A
git -c user.email=a@b.c -c user.name=n commit -qm one; git status --short | wc -l; echo x > f1; git status --short
git checkout -q .; git gc -q; git fsck 2>&1 | grep -v dangling; git status --short | wc -l; cd ..; rm -rf g; ls -d g 2>&1`;
    expect(await run(script)).toMatch(/^0\n M f1\n0\nls: cannot access 'g'/);
  });

  test('syncing reports no error, whatever was removed and replaced', async () => {
    await run('for i in 1 2 3; do echo $i > s$i; done; rm s1; echo x >> s2');
    rmSync(at('s2'));
    writeFileSync(at('s3'), 'by the person');
    expect(await run('cat s3; rm -f s2; sync -f . && echo synced')).toBe('by the personsynced\n');
  });

  test('a change is held while others continue, and is refused', async () => {
    await run('mkdir h; echo 1 > h/f');
    const refusals: Array<() => void> = [];
    gate = ({ kind }) =>
      kind === 'remove' ? new Promise((_, reject) => refusals.push(() => reject(new Errno('EPERM')))) : undefined;
    const removed = run('rm h/f; ls h');
    while (refusals.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await run('cat h/f; echo x > elsewhere; cat elsewhere')).toBe('1\nx\n');
    refusals.forEach((refuse) => refuse());
    expect(await removed).toMatch(/Operation not permitted\nf\n$|^f\nrm: .*Operation not permitted\n$/);
  });

  test('a process that is killed while its change is held ends immediately', async () => {
    await run('echo 1 > k');
    let asked = 0;
    gate = ({ kind }) => (kind === 'remove' ? (asked++, new Promise(() => undefined)) : undefined);
    const started = performance.now();
    expect(await run('timeout -s KILL 0.5 rm k; echo ended with $?')).toContain('ended with 137');
    expect(asked).toBe(1);
    expect(performance.now() - started).toBeLessThan(5000);
    gate = () => undefined;
    expect(await run('cat k')).toBe('1\n');
  });
});
