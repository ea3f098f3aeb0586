/** The worker of the file server and the journals as main sees it. */
import { Worker } from 'node:worker_threads';
import type { EventPayload } from '../../schema/rpc';
import type { Client } from '../../schema/rpc';
import { connect } from '../../schema/rpc-client';
import { Listeners } from '../../schema/transport';
import { messagePortTransport } from '../../schema/transports/message-port';
import { filesApi, type FilesApi, type HeldAct } from './files-api';

export interface FilesHostOptions {
  /** Absolute path of the bundled worker */
  readonly workerFile: string;
  /** Unix socket for QEMU, in a private folder */
  readonly socket: string;
  readonly log: (line: string) => void;
}

export interface FilesHost {
  readonly client: Client<FilesApi>;
  /** An act of the guest that waits for `act.answer` */
  readonly asked: Listeners<HeldAct>;
  /** Id of an act that does not wait any more */
  readonly dropped: Listeners<number>;
  /** Id of a task whose waiting changes are others */
  readonly reviewChanged: Listeners<string>;
  readonly turnChanged: Listeners<EventPayload<FilesApi, 'turn.changed'>>;
  readonly progress: Listeners<EventPayload<FilesApi, 'turn.progress'>>;
  readonly warnings: Listeners<EventPayload<FilesApi, 'turn.warning'>>;
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
  const host = {
    client,
    asked: new Listeners<HeldAct>(),
    dropped: new Listeners<number>(),
    reviewChanged: new Listeners<string>(),
    turnChanged: new Listeners<EventPayload<FilesApi, 'turn.changed'>>(),
    progress: new Listeners<EventPayload<FilesApi, 'turn.progress'>>(),
    warnings: new Listeners<EventPayload<FilesApi, 'turn.warning'>>(),
    stop: async () => {
      connection.dispose();
      await ended;
    },
  };
  connection.onEvent((event) => {
    if (event.event === 'act.asked') host.asked.emit(event.payload);
    else if (event.event === 'turn.changed') host.turnChanged.emit(event.payload);
    else if (event.event === 'turn.progress') host.progress.emit(event.payload);
    else if (event.event === 'turn.warning') host.warnings.emit(event.payload);
    else if (event.event === 'act.dropped') host.dropped.emit(event.payload.id);
    else if (event.event === 'review.changed') host.reviewChanged.emit(event.payload.taskId);
    else log(event.payload.line);
  });
  try {
    await client['files.listen']({ socket });
  } catch (error) {
    connection.dispose();
    throw error;
  }
  return host;
}
