/** The worker of the file server and the journals, as main sees it. If it ends by itself, it is started again. */
import { filesApi, type FilesApi } from '../../schema/files-api';
import { TaskHandles } from './task-handles';
import { WorkerHost } from './worker-host';

export interface FilesHostOptions {
  /** Absolute path of the worker's bundle */
  readonly workerFile: string;
  /** Unix socket for QEMU, in a private folder */
  readonly socket: string;
  readonly log: (line: string) => void;
}

/** After this many short lives in a row, no further worker is started */
const patience = 3;
const shortLifeMs = 2_000;

/** After a loss, a running guest's mount no longer works; the next worker knows the tasks, and shows the guest none. */
export interface FilesHost extends WorkerHost<FilesApi> {
  readonly tasks: TaskHandles;
}

/** Creates the host of the file server; when `start` has resolved, its worker listens. */
export function createFilesHost({ workerFile, socket, log }: FilesHostOptions): FilesHost {
  let shortLives = 0;
  const host = new WorkerHost({
    contract: filesApi,
    file: workerFile,
    name: 'the file server',
    notRunning: 'The part of Piwork that serves files stopped. Restart Piwork.',
    begin: (client) => {
      tasks.nameAll(client);
      return client['files.listen']({ socket });
    },
    mayRestart: (livedMs) => {
      shortLives = livedMs < shortLifeMs ? shortLives + 1 : 0;
      return shortLives <= patience;
    },
    log,
  });
  const tasks = new TaskHandles(host.client);
  host.on('files.log', ({ line }) => log(line));
  return Object.assign(host, { tasks });
}
