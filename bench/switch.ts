/** Opening tasks and switching between them in a running guest, against a bare round trip to taskd. */
import { median, publish } from './table';
import { makeWorkspace, startVm, type BenchGuest } from './workspace';

const tasks = 2;
const switches = 40;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Until taskd says that the task is ready. */
function switchTo({ taskd }: BenchGuest, taskId: string): Promise<unknown> {
  const ready = new Promise<void>((resolve) => {
    const waiting = taskd.onEvent((event) => {
      if (event.event !== 'task_ready' || event.taskId !== taskId) return;
      waiting.dispose();
      resolve();
    });
  });
  return Promise.all([taskd.client.switch_task({ taskId }), ready]);
}

export async function benchSwitch(packFolder: string): Promise<void> {
  const workspace = await makeWorkspace(packFolder);
  try {
    const guest = await startVm(workspace.config);
    const open: number[] = [];
    for (let task = 0; task < tasks; task++) {
      open.push(await timed(() => workspace.openTask(guest, `task-${task}`)));
    }
    const roundTrips: number[] = [];
    const switched: number[] = [];
    for (let turn = 0; turn < switches; turn++) {
      roundTrips.push(await timed(() => guest.taskd.client.runtime_get_state({})));
      switched.push(await timed(() => switchTo(guest, `task-${turn % tasks}`)));
    }
    await guest.vm.runner.stop();
    await publish({
      bench: 'switch',
      figures: [
        { name: 'open a new task (claim a parked pi)', unit: 'ms', values: open },
        { name: 'warm switch → task_ready', unit: 'ms', values: switched },
        { name: 'control: round trip to taskd', unit: 'ms', values: roundTrips },
      ],
      ratios: [{ name: 'warm switch ÷ round trip', value: median(switched) / median(roundTrips) }],
    });
  } finally {
    await workspace.dispose();
  }
}
