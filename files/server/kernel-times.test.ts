/** Times as programs set and see them, through a real kernel; on a disk of its own as a control. */
import { lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import { Journal } from '../journal/journal';
import { FileServer } from './file-server';
import { canMount, type KernelMount, mountInKernel } from './test/kernel-mount';

jest.setTimeout(60_000);

const script = `
show() { stat -c '%n %x %y' "$@"; }
touch -d '2024-02-29 01:02:03.123456789' f; show f
cp -p f copy; show copy; test f -nt copy && echo the copy is older
touch -d '1950-01-01 00:00:00.5' f; show f
touch -a -d '1960-01-01 00:00:00.000000001' f; show f
touch -m -d '1969-12-31 23:59:59.999999999' f; show f
touch -d '2100-01-01 00:00:00.987654321' f; show f
ln -s f l; touch -h -d '2001-02-03 04:05:06.789012345' l; show l f
mkdir d; touch -d '1901-12-14 00:00:00.111111111' d; show d
tar -cf a.tar --format=pax copy d l; mkdir out; tar -xf a.tar -C out 2> /dev/null; stat -c '%n %y' out/copy out/d
chmod 444 copy; touch -d '2024-02-29 01:02:03.987654321' copy; show copy
exec 3>> open; touch -d '2030-01-01 00:00:00.123456789' open; echo more >&3; exec 3>&-
before=$(stat -c %y open); sync .; test "$before" = "$(stat -c %y open)" && echo the time of a write stays
`;

(canMount() ? describe : describe.skip)('times', () => {
  let host: string;
  let server: FileServer;
  let mount: KernelMount;
  let journal: Journal;
  beforeAll(async () => {
    host = mkdtempSync(join(tmpdir(), 'piwork-times-'));
    for (const name of ['folder', 'control', 'journal', 'journaled']) mkdirSync(join(host, name));
    server = new FileServer({ uid: 0, gid: 0 });
    mount = await mountInKernel(server);
    server.bind({ taskId: 't', area: 'folder', files: openFolder(join(host, 'folder')), isWritable: true });
    const path = join(host, 'journaled');
    journal = Journal.open(join(host, 'journal'), { areas: { folder: { files: openFolder(path), path } } });
    server.bind({ taskId: 'j', area: 'folder', files: journal.folder('folder'), isWritable: true });
  });
  afterAll(async () => {
    await mount.unmount();
    journal.close();
    server.close();
    rmSync(host, { recursive: true });
  });

  test.each([
    ['t/folder', 'folder'],
    ['j/folder', 'journaled'],
  ])('are those of a kernel: %s', async (mounted, name) => {
    const expected = await mount.run(`cd '${join(host, 'control')}' && rm -rf ./* && ${script}`);
    expect(expected.output).toContain('the time of a write stays');
    expect(await mount.run(`cd ${mounted} && ${script}`)).toEqual(expected);
    const at = (file: string) => lstatSync(join(host, name, file), { bigint: true });
    // What the guest sees is on the disk.
    expect(at('f').mtimeNs).toBe(4_102_444_800_987_654_321n);
    const shown = await mount.run(`cd ${mounted} && stat -c '%.9Y' open`);
    expect(shown.output.replace('.', '').trim()).toBe(String(at('open').mtimeNs));
  });
});
