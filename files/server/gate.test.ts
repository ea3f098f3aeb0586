import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import { Errno } from '../folder/errno';
import { opcode } from './fuse-protocol';
import type { IntendedChange } from './intended-change';
import { join as bytes, text, u32, u64 } from './test/fuse-client';
import { client, errno, ESTALE, host, server, start, useServer } from './test/server-stage';

useServer();

describe('a gate', () => {
  const asked: IntendedChange[] = [];
  let answers: { resolve: () => void; reject: (error: Error) => void }[];
  const hold = (change: IntendedChange): Promise<void> => {
    asked.push(change);
    return new Promise((resolve, reject) => answers.push({ resolve, reject }));
  };
  beforeEach(() => {
    asked.length = 0;
    answers = [];
  });
  const remove = async (name = 'f') =>
    client.send(opcode.unlink, (await client.walk('t', 'folder')).nodeId, text(name), { uid: 1000, pid: 42 });

  test('receives what would happen, and to what', async () => {
    await start({ gate: (change) => void asked.push(change) });
    const folder = await client.walk('t', 'folder');
    await client.ask(opcode.rename2, folder.nodeId, bytes(u64(folder.nodeId), u32(0, 0), text('f'), text('g')));
    const made = await client.create(folder.nodeId, 'n');
    await client.write(made.handle, 0, 'x').answer;
    const { handle } = await client.open((await client.walk('t', 'folder', 'g')).nodeId, 1);
    await client.write(handle, 0, 'x').answer;
    await client.write(handle, 1, 'y').answer;
    expect(asked.map(({ kind, names, to }) => [kind, ...names, ...(to ?? [])])).toEqual([
      ['rename', 'f', 'g'],
      ['create', 'n'],
      ['content', 'g'],
    ]);
    expect(asked[0]).toMatchObject({
      taskId: 't',
      area: 'folder',
      status: { size: 3 },
      target: null,
      caller: { pid: 7, uid: 1000 },
    });
  });

  test('holds a request while others continue', async () => {
    await start({ gate: hold });
    const { answer } = await remove();
    expect(await client.walk('t', 'folder', 'f')).toMatchObject({ size: 3 });
    expect(asked[0]).toMatchObject({ kind: 'remove', names: ['f'], caller: { pid: 42 } });
    answers[0]!.resolve();
    expect(await answer).toMatchObject({ error: 0 });
    expect(existsSync(join(host, 'folder', 'f'))).toBe(false);
  });

  test('refuses', async () => {
    await start({ gate: hold });
    const { answer } = await remove();
    answers[0]!.reject(new Errno('EPERM'));
    expect(await answer).toMatchObject({ error: errno.EPERM });
    expect(existsSync(join(host, 'folder', 'f'))).toBe(true);
  });

  test('an interrupt answers immediately, and nothing is done when the person allows it later', async () => {
    await start({ gate: hold });
    const { unique, answer } = await remove();
    client.interrupt(unique);
    expect(await answer).toMatchObject({ error: errno.EINTR });
    answers[0]!.resolve();
    await client.walk('t', 'folder', 'f');
    expect(client.answered.filter((each) => each === unique)).toHaveLength(1);
  });

  test('unbinding answers what is held; the end of the session answers nothing', async () => {
    await start({ gate: hold });
    const first = await remove();
    server.unbind('t');
    expect(await first.answer).toMatchObject({ error: ESTALE });
    server.bind({ taskId: 't', area: 'folder', files: openFolder(join(host, 'folder')), isWritable: true });
    const second = await remove();
    server.close();
    expect(await second.answer).toBeNull();
    answers.forEach(({ resolve }) => resolve());
    await Promise.resolve();
    expect(existsSync(join(host, 'folder', 'f'))).toBe(true);
  });

  test('the number of held requests of a task is limited', async () => {
    await start({ gate: hold, limits: { heldRequestsPerTask: 2 } });
    const held = [await remove('f'), await remove('d')];
    expect(await (await remove('x')).answer).toMatchObject({ error: errno.EBUSY });
    answers.forEach(({ reject }) => reject(new Errno('EPERM')));
    for (const { answer } of held) expect(await answer).toMatchObject({ error: errno.EPERM });
  });

  test('content is asked for once per open file, and a refusal is final', async () => {
    await start({ gate: hold });
    const { nodeId } = await client.walk('t', 'folder', 'f');
    const { handle } = await client.open(nodeId, 1);
    const writes = [client.write(handle, 0, 'X'), client.write(handle, 1, 'Y')];
    await client.walk('t', 'folder', 'f');
    expect(asked).toHaveLength(1);
    answers[0]!.reject(new Errno('EPERM'));
    for (const { answer } of writes) expect(await answer).toMatchObject({ error: errno.EPERM });
    expect(await client.write(handle, 0, 'Z').answer).toMatchObject({ error: errno.EPERM });
    expect(readFileSync(join(host, 'folder', 'f'), 'utf8')).toBe('eff');
    const again = await client.open(nodeId, 1);
    const { answer } = client.write(again.handle, 0, 'X');
    await client.walk('t', 'folder', 'f');
    answers[1]!.resolve();
    expect(await answer).toMatchObject({ error: 0 });
    expect(readFileSync(join(host, 'folder', 'f'), 'utf8')).toBe('Xff');
  });

  test('opening with truncation is a change of content', async () => {
    await start({ gate: hold });
    const { nodeId } = await client.walk('t', 'folder', 'f');
    const { answer } = client.send(opcode.open, nodeId, u32(0o1001, 0));
    await client.walk('t', 'folder', 'f');
    expect(asked[0]).toMatchObject({ kind: 'content', status: { size: 3 } });
    answers[0]!.reject(new Errno('EPERM'));
    expect(await answer).toMatchObject({ error: errno.EPERM });
    expect(statSync(join(host, 'folder', 'f')).size).toBe(3);
  });

  test('the names of a change are those at the time of the answer', async () => {
    await start({ gate: (change) => (change.kind === 'remove' ? hold(change) : undefined) });
    writeFileSync(join(host, 'folder', 'd', 'x'), '');
    const folder = await client.walk('t', 'folder');
    const { nodeId } = await client.walk('t', 'folder', 'd');
    const { answer } = client.send(opcode.unlink, nodeId, text('x'));
    await client.ask(opcode.rename, folder.nodeId, bytes(u64(folder.nodeId), text('d'), text('moved')));
    answers[0]!.resolve();
    expect(await answer).toMatchObject({ error: 0 });
    expect(existsSync(join(host, 'folder', 'moved', 'x'))).toBe(false);
  });
});
