/** The product's worker of the file server and the journals. */
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { filesApi, type FilesApi } from '../../schema/files-api';
import { connect } from '../../schema/rpc-client';
import type { Client } from '../../schema/rpc';
import { messagePortTransport } from '../../schema/transports/message-port';

export interface BenchServer {
  readonly client: Client<FilesApi>;
  stop(): Promise<void>;
}

/** Resolves when it listens on the socket. */
export async function startServer(socket: string): Promise<BenchServer> {
  // Beside the bench's own bundle.
  const worker = new Worker(join(__dirname, '../main/files-worker.cjs'));
  const ended = once(worker, 'exit');
  const transport = messagePortTransport(worker, () => void worker.terminate());
  const connection = connect(filesApi, transport, { isPeerTrusted: true });
  const { client } = connection;
  connection.onEvent((event) => {
    if (event.event === 'files.log') console.error(event.payload.line);
    else if (event.event === 'turn.warning') console.error(`files: ${event.payload.message}`);
    else if (event.event === 'act.asked') {
      // Nothing that is measured touches files from before; a question would wait for an answer.
      console.error(`files: asked whether to ${event.payload.kind} ${event.payload.path}; refused`);
      void client['act.answer']({ id: event.payload.id, isAllowed: false });
    }
  });
  const stop = async (): Promise<void> => {
    connection.dispose();
    await ended;
  };
  try {
    await client['files.listen']({ socket });
  } catch (error) {
    await stop();
    throw error;
  }
  return { client, stop };
}
