/** The port into the machine: whoever can't prove the key is disconnected, and the host isn't disturbed. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { readdir } from 'node:fs/promises';
import { taskdPort } from '../schema/taskd-api';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { sendUntilClosed } from './support/raw-http';

test.use({ world: { name: 'taskd-port' } });

/** Milliseconds within which a stranger is disconnected; most of it is the emulated machine */
const atOnceMs = 4000;

test("a stranger is disconnected at the first line, and the host's run continues", async ({ app, piwork }) => {
  // Another program uses the default port, or it is already taken: the machine gets the next one.
  const other = createServer().listen(taskdPort, '127.0.0.1');
  await Promise.race([once(other, 'listening'), once(other, 'error')]);
  const folder = await makeFolder(piwork.place, 'guarded', { 'word.txt': 'larkspur' });
  const task = await app.createTask('Guarded', folder);
  // It lasts longer than the strangers, however slow the machine is.
  await task.prompt('tour: run for i in $(seq 1 600); do echo "second $i"; sleep 1; done');
  const card = task.card(/^Running for i in/);
  await expect(card).toContainText('second 1', { timeout: 120_000 });
  const { vm } = await piwork.host['app.snapshot']({});
  if (vm.kind !== 'ready') throw new Error(`The workspace is ${vm.kind}.`);

  expect(vm.port).not.toBe(taskdPort);
  other.close();

  const order = { id: '1', type: 'system_bash', payload: { command: 'touch /mnt/workdir/guarded/planted.txt' } };
  const line = `${JSON.stringify(order)}\n`;
  const hex = 'ab'.repeat(32);
  const hello = `${JSON.stringify({ id: '2', type: 'hello', payload: { protocol: 1, build: 'x', challenge: hex } })}\n`;
  const falseProof = `${JSON.stringify({ id: '3', type: 'hello_proof', payload: { proof: hex } })}\n`;
  const posted = `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: ${line.length}\r\n\r\n${line}`;
  const strangers: Readonly<Record<string, string>> = {
    'a command without hello': line,
    'no JSON': 'hello\n',
    'a page that posts': posted,
    'an empty line first': `\n${line}`,
    'a command after hello': hello + line,
    'a false proof': hello + falseProof + line,
    'a long line without an end': 'x'.repeat(9 * 1024 * 1024),
  };
  for (const [name, text] of Object.entries(strangers)) {
    const { received, afterMs } = await sendUntilClosed(vm.port, text);
    expect([name, /authenticated":true|exitCode/.test(received), afterMs < atOnceMs]).toEqual([name, false, true]);
  }

  const seconds = async (): Promise<number> => Number(/.*second (\d+)/s.exec((await card.textContent()) ?? '')?.[1]);
  const reached = await seconds();
  await expect.poll(seconds).toBeGreaterThan(Math.max(4, reached));
  await task.stop.click();
  await expect(task.stop).toBeHidden();
  await expect(app.workspaceStatus).toContainText('Workspace ready');
  expect(await readdir(folder)).toEqual(['word.txt']);
});
