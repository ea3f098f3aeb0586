/** The file server as main sees it: a worker thread that listens for the guest and serves what it is told to. */
import { Worker } from 'node:worker_threads';
import { connect } from '../../schema/rpc-client';
import { messagePortTransport } from '../../schema/transports/message-port';
import { filesApi, type ServedFolder } from './files-api';

export interface FilesHostOptions {
  /** Absolute path of the bundled worker */
  readonly workerFile: string;
  /** Unix socket for QEMU, in a private folder */
  readonly socket: string;
  readonly log: (line: string) => void;
}

export interface FilesHost {
  /** Shows the guest these folders of a task and no other. @throws RpcError `WORKSPACE_POLICY_VIOLATION` */
  serve(taskId: string, folders: readonly ServedFolder[]): Promise<void>;
  /** What the guest had open there fails from now on */
  withdraw(taskId: string): Promise<void>;
  stop(): Promise<void>;
}

/** Creates the worker and resolves when it listens. */
export async function startFiles({ workerFile, socket, log }: FilesHostOptions): Promise<FilesHost> {
  const worker = new Worker(workerFile);
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', (error) => log(`the file server failed: ${error.stack ?? error.message}`));
  const transport = messagePortTransport(worker, () => void worker.terminate());
  const connection = connect(filesApi, transport, { isPeerTrusted: true });
  const { client } = connection;
  connection.onEvent(({ payload }) => log(payload.line));
  try {
    await client['files.listen']({ socket });
  } catch (error) {
    connection.dispose();
    throw error;
  }
  return {
    serve: async (taskId, folders) => void (await client['files.serve']({ taskId, folders: [...folders] })),
    withdraw: async (taskId) => void (await client['files.withdraw']({ taskId })),
    stop: async () => {
      connection.dispose();
      await ended;
    },
  };
}
