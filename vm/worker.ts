/** Entry of the VM worker thread: one VM, served to main. */
import { parentPort, workerData } from 'node:worker_threads';
import { messagePortTransport } from '../schema/transports/message-port';
import { vmWorkerConfig } from '../schema/vm-api';
import { serveVm } from './serve-vm';
import { Vm } from './vm';

if (!parentPort) throw new Error('this file runs as a worker thread');
const port = parentPort;
serveVm(
  new Vm(vmWorkerConfig.parse(workerData)),
  messagePortTransport(port, () => port.close()),
);
