/** Entry of the VM worker thread: one VM, served to main. */
import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../schema/rpc-server';
import { messagePortTransport } from '../schema/transports/message-port';
import { vmApi, vmWorkerConfig } from '../schema/vm-api';
import { createVmHandlers } from './vm-handlers';
import { Vm } from './vm';

if (!parentPort) throw new Error('this file runs as a worker thread');
const port = parentPort;
const vm = new Vm(vmWorkerConfig.parse(workerData));
const served = serve(
  vmApi,
  createVmHandlers(vm),
  messagePortTransport(port, () => port.close()),
);
vm.runner.changed.add((payload) => served.emit({ event: 'vm.state', payload }));
vm.logLines.add((payload) => served.emit({ event: 'vm.log', payload }));
vm.guestEvents.add(({ event, taskId, timestamp, payload }) =>
  served.emit({
    event: 'guest.event',
    payload: { event, timestamp, payload, ...(taskId === undefined ? {} : { taskId }) },
  }),
);
