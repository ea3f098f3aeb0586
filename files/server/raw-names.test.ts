import { mkdirSync, readdirSync, readlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWatch } from '../watch/open-watch';
import { openFolder } from '../confined/open-folder';
import { opcode } from './fuse-protocol';
import { join as bytes, text, u32, u64 } from './test/fuse-client';
import { canMount, mountInKernel } from './test/kernel-mount';
import { client, host, server, start, useServer } from './test/server-stage';

const linux = process.platform === 'linux' ? describe : describe.skip;
const hostPath = (...names: readonly string[]) => Buffer.from(join(host, 'folder', ...names), 'latin1');

linux("names that aren't UTF-8", () => {
  useServer();
  beforeEach(() => {
    mkdirSync(hostPath('legacy'));
    writeFileSync(hostPath('legacy', 'caf\xe9.txt'), 'latin1');
  });

  test('are listed, looked up and read by their bytes', async () => {
    await start();
    const legacy = await client.walk('t', 'folder', 'legacy');
    expect((await client.readdir(legacy.nodeId)).map(({ name }) => name)).toContain('caf\udce9.txt');
    const found = await client.ask(opcode.lookup, legacy.nodeId, Buffer.from('caf\xe9.txt\0', 'latin1'));
    const { handle } = await client.open(found.readBigUInt64LE(0), 0);
    expect((await client.read(handle, 0, 100)).toString()).toBe('latin1');
    await client.release(handle);
  });

  test('are created, linked, renamed and removed', async () => {
    await start();
    const { nodeId } = await client.walk('t', 'folder', 'legacy');
    const { handle } = await client.create(nodeId, '\udcff');
    await client.release(handle);
    await client.ask(opcode.mkdir, nodeId, bytes(u32(0o755, 0), text('\udcfe')));
    await client.ask(opcode.symlink, nodeId, bytes(text('\udcfd'), text('\udcfc')));
    await client.ask(opcode.rename, nodeId, bytes(u64(nodeId), text('caf\udce9.txt'), text('caf\udce8.txt')));
    expect(readdirSync(hostPath('legacy'), 'latin1').sort()).toEqual(['caf\xe8.txt', '\xfd', '\xfe', '\xff']);
    expect(readlinkSync(hostPath('legacy', '\xfd'), 'latin1')).toBe('\xfc');
    const link = await client.lookup(nodeId, '\udcfd');
    expect((await client.ask(opcode.readlink, link.nodeId)).toString('latin1')).toBe('\xfc');
    await client.ask(opcode.unlink, nodeId, text('\udcff'));
    await client.ask(opcode.rmdir, nodeId, text('\udcfe'));
    expect(readdirSync(hostPath('legacy'), 'latin1').sort()).toEqual(['caf\xe8.txt', '\xfd']);
  });

  test('a change by the person is reported by the bytes', async () => {
    await start();
    const path = join(host, 'folder');
    server.bind({ taskId: 'w', area: 'folder', files: openFolder(path), watch: openWatch(path), isWritable: true });
    const { nodeId } = await client.walk('w', 'folder', 'legacy');
    await client.readdir(nodeId);
    await client.lookup(nodeId, 'caf\udce9.txt');
    unlinkSync(hostPath('legacy', 'caf\xe9.txt'));
    const isReported = () => client.notifications.some(({ body }) => body.includes(text('caf\udce9.txt')));
    while (!isReported()) await new Promise((resolve) => client.stream.once('data', resolve));
  });
});

(canMount() ? describe : describe.skip)("names that aren't UTF-8, in a real kernel", () => {
  useServer();

  test('copying, archiving and deleting lose nothing', async () => {
    await start({ uid: 0, gid: 0 });
    mkdirSync(hostPath('legacy'));
    writeFileSync(hostPath('legacy', 'caf\xe9.txt'), 'latin1');
    writeFileSync(hostPath('legacy', 'ok.txt'), 'ok');
    const mount = await mountInKernel(server);
    try {
      const { output, exitCode } = await mount.run(`cd t/folder && cp -r legacy copy && tar cf /tmp/$$.tar legacy &&
cat copy/caf* && tar tf /tmp/$$.tar | grep -c caf && rm -r legacy && rm /tmp/$$.tar && ls`);
      expect([output, exitCode]).toEqual(['latin11\ncopy\nd\nf\n', 0]);
      expect(readdirSync(hostPath('copy'), 'latin1').sort()).toEqual(['caf\xe9.txt', 'ok.txt']);
    } finally {
      await mount.unmount();
    }
  });
});
