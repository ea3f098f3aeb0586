/** Rights by a file's mode, in a real kernel that mounts as the guest does; on a disk of its own as a control. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import { FileServer } from './file-server';
import { canMount, type KernelMount, mountInKernel } from './test/kernel-mount';

jest.setTimeout(60_000);
const owner = 1000;

/** Run by the owner, not by root, whom modes don't stop. */
const script = `
printf '#!/bin/sh\\n' > hook; mkdir d; touch d/f; ln -s hook link
for mode in 644 755 311 444 200 0; do
  chmod $mode hook; for right in r w x; do test -$right hook && printf $right || printf -; done
  test -x link && printf ' link'; ./hook 2> /dev/null && printf ' runs'; (: >> hook) 2> /dev/null && printf ' written'
  echo
done
chmod 500 d; touch d/new d/f; rm -f d/f; chmod 600 d; ls d/g; cd d; chmod 300 d; ls d > /dev/null 2>&1 || echo unlisted
touch d/new; chmod 700 d; chmod 400 hook; truncate -s 0 hook
`;

(canMount() ? describe : describe.skip)('rights', () => {
  let host: string;
  let server: FileServer;
  let mount: KernelMount;
  beforeAll(async () => {
    host = mkdtempSync(join(tmpdir(), 'piwork-rights-'));
    for (const name of ['folder', 'control']) mkdirSync(join(host, name), { mode: 0o777 });
    server = new FileServer({ uid: owner, gid: owner });
    mount = await mountInKernel(server);
    server.bind({ taskId: 't', area: 'folder', files: openFolder(join(host, 'folder')), isWritable: true });
  });
  afterAll(async () => {
    await mount.unmount();
    server.close();
    rmSync(host, { recursive: true });
  });

  const run = (folder: string): ReturnType<KernelMount['run']> => {
    const as = `setpriv --reuid ${owner} --regid ${owner} --clear-groups`;
    return mount.run(`cd '${folder}' && ${as} bash -c "$(cat <<'END'\n${script}\nEND\n)"`);
  };

  test('are those of a kernel', async () => {
    const control = join(host, 'control');
    await mount.run(`chmod 777 '${control}'`);
    const expected = await run(control);
    expect(expected.output).toContain('rw- written\nrwx link runs written\n');
    expect(await run('t/folder')).toEqual(expected);
  });
});
