/** Asks a separate VM worker what a VM needs on this computer; no VM is started. */
import { vmApi, type VmExamination, type VmWorkerConfig } from '../../schema/vm-api';
import { WorkerHost } from './worker-host';

/** Testing an accelerator includes a timed boot. */
const deadlineMs = 60_000;

/** Rejects when the worker ends before its answer. */
export async function examineVm(workerFile: string, config: VmWorkerConfig): Promise<VmExamination> {
  const worker = new WorkerHost({
    contract: vmApi,
    file: workerFile,
    name: 'the VM worker',
    notRunning: "The workspace isn't running.",
    data: () => config,
    log: () => undefined,
  });
  try {
    await worker.start();
    return await worker.client['vm.examine']({}, { timeoutMs: deadlineMs });
  } finally {
    await worker.stop();
  }
}
