/** Entry of the gateway's worker thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { messagePortTransport } from '../schema/transports/message-port';
import { gatewayWorkerConfig } from '../schema/gateway-api';
import { serveGateway } from './gateway-service';

const port = parentPort;
if (!port) throw new Error('This file is the entry of a worker thread.');
serveGateway(
  gatewayWorkerConfig.parse(workerData),
  messagePortTransport(port, () => port.close()),
);
