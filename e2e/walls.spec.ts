/** An agent attacks the guest's kernel and the other tasks from its sandbox; without its walls, the same attacks work. */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { packWithRoot } from './support/root-pack';
import { readReport } from './support/root-report';

test.use({ world: { name: 'walls', prepare: packWithRoot } });

const outcomes = z.record(z.string(), z.string());
const deadlineMs = 180_000;

async function reportOf(path: string) {
  await expect.poll(() => readReport(path), { timeout: deadlineMs }).not.toBeNull();
  return outcomes.parse(JSON.parse((await readReport(path)) ?? ''));
}

test('attacks from the sandbox fail, and the task says which limit it reached', async ({ app, piwork }) => {
  test.setTimeout(6 * deadlineMs);
  const { place, host } = piwork;
  const folder = await makeFolder(place, 'attack', {});
  await copyFile(join(__dirname, 'support/root-in-guest/walls.py'), join(folder, 'walls.py'));
  const { taskId } = await host['task.create']({ title: 'Attack', folder, model: 'tour' });
  const outputs = join(place.home, 'taskstate', taskId, 'outputs');
  await mkdir(outputs, { recursive: true });

  // The workspace may have to be prepared first.
  await host['task.open']({ taskId }, { timeoutMs: 3 * deadlineMs });
  const report = `/mnt/taskstate/${taskId}/outputs/walls.json`;
  const message = `tour: run python3 -B walls.py ${report}`;
  const approvals = { allow: [], canAsk: false };
  await host['task.prompt']({ taskId, message, promptId: randomUUID(), approvals }, { timeoutMs: deadlineMs });
  expect(await reportOf(join(outputs, 'walls.json'))).toEqual({
    new_user_namespace: 'refused: Operation not permitted',
    trace_first_process: 'refused: Operation not permitted',
    write_first_process: 'refused: Permission denied',
    read_another_process: 'refused: Operation not permitted',
    kernel_interfaces: 'refused: Address family not supported by protocol',
    keys: 'refused: Operation not permitted',
    io_uring: 'refused: Operation not permitted',
    many_processes: 'refused: Resource temporarily unavailable',
    much_memory: 'ended by signal 9',
  });
  await app.openTask('Attack');
  await expect(app.page.getByText('A program used more memory than a task may have')).toBeVisible();
  await expect(app.page.getByText('This task reached its limit of 1,000 processes')).toBeVisible();

  // The control: the same attacks in a sandbox without these walls.
  await writeFile(join(folder, 'root.json'), JSON.stringify({ task: taskId, walls: true }));
  const control = await reportOf(join(outputs, 'control.json'));
  expect(Object.entries(control).filter(([, outcome]) => outcome !== 'succeeded')).toEqual([]);
});
