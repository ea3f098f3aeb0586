/** Entry of the file server's worker thread. */
import { parentPort } from 'node:worker_threads';
import { messagePortTransport } from '../schema/transports/message-port';
import { serveFiles } from './service/files-service';

const port = parentPort;
if (!port) throw new Error('This file is the entry of a worker thread.');
serveFiles(messagePortTransport(port, () => port.close()));
