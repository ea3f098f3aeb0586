/**
 * From powered off to a real pi that answers, against the cold path and against QEMU's own start.
 *
 * Cold path: a kernel is booted and one pi is started in its sandbox until it answers `get_state`, without anything
 * that only templates need. The two paths alternate, so that a slow moment of the machine affects both.
 */
import { join } from 'node:path';
import { openControlLink } from '../vm/control-link';
import { openPack } from '../vm/pack';
import { qemuArguments } from '../vm/qemu-args';
import { findQemu } from '../vm/qemu-binary';
import { launchQemu, type QemuProcess } from '../vm/qemu-process';
import { openQmp } from '../vm/qmp';
import type { VmWorkerConfig } from '../schema/vm-api';
import { median, publish } from './table';
import { makeWorkspace, startVm, type Workspace } from './workspace';

const rounds = 3;

async function launchCold(config: VmWorkerConfig, name: string): Promise<QemuProcess> {
  const [qemu, pack] = await Promise.all([findQemu(config.cacheFolder), openPack(config.packFolder)]);
  return launchQemu({
    command: qemu.command,
    runFolder: config.runFolder,
    name,
    onLine: () => undefined,
    arguments: ({ control, qmp }) =>
      qemuArguments({
        mode: 'build',
        accelerator: 'tcg',
        memoryMb: config.memoryMb,
        cores: config.cores,
        pack,
        ramFile: join(config.runFolder, `${name}.img`),
        controlSocket: control,
        qmpSocket: qmp,
        filesSocket: config.filesSocket,
        port: null,
        kernelArguments: ['piwork.parked=1', 'piwork.rehearse=0', 'piwork.emulated=1'],
        canSandbox: qemu.canSandbox,
      }),
  });
}

async function end(process: QemuProcess): Promise<void> {
  process.signal('SIGKILL');
  await process.exited;
}

async function coldPathMs(config: VmWorkerConfig, round: number): Promise<{ qmp: number; pi: number }> {
  const startedAt = performance.now();
  const process = await launchCold(config, `cold${round}`);
  await openQmp(await process.qmp);
  const qmp = performance.now() - startedAt;
  await openControlLink(await process.control).next('parked');
  const pi = performance.now() - startedAt;
  await end(process);
  return { qmp, pi };
}

async function resumeMs({ config, openTask }: Workspace, round: number): Promise<{ pi: number; task: number }> {
  const startedAt = performance.now();
  const guest = await startVm(config);
  const diagnostics = await guest.taskd.client.runtime_diag({});
  const pi = performance.now() - startedAt;
  if (diagnostics.parked === 0) throw new Error('no parked pi answered');
  await openTask(guest, `bench-${round}`);
  const task = performance.now() - startedAt;
  await guest.vm.runner.stop();
  return { pi, task };
}

export async function benchResume(packFolder: string): Promise<void> {
  const workspace = await makeWorkspace(packFolder);
  try {
    // Building the template isn't measured.
    await (await startVm(workspace.config)).vm.runner.stop();
    const cold = [];
    const resumed = [];
    for (let round = 0; round < rounds; round++) {
      resumed.push(await resumeMs(workspace, round * 2));
      cold.push(await coldPathMs(workspace.config, round));
      resumed.push(await resumeMs(workspace, round * 2 + 1));
    }
    const pi = resumed.map((run) => run.pi);
    const coldPi = cold.map((run) => run.pi);
    const qmp = cold.map((run) => run.qmp);
    await publish({
      bench: 'resume',
      figures: [
        { name: 'powered off → a real pi answers get_state', unit: 'ms', values: pi },
        { name: 'powered off → a task is open on its folder', unit: 'ms', values: resumed.map((run) => run.task) },
        { name: 'control: cold boot → a real pi answers get_state', unit: 'ms', values: coldPi },
        { name: 'control: QEMU spawned → QMP answers', unit: 'ms', values: qmp },
      ],
      ratios: [
        { name: 'cold path ÷ resume', value: median(coldPi) / median(pi), wanted: '≥ 20' },
        { name: 'resume ÷ QEMU spawn → QMP', value: median(pi) / median(qmp) },
      ],
    });
  } finally {
    await workspace.dispose();
  }
}
