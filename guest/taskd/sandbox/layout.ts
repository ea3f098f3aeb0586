/**
 * Where things are: in the guest, in a slot (what a sandbox will see, prepared outside it), and inside the sandbox.
 *
 * A slot is a shared mount: what is bound below it later also appears in a sandbox that is already running.
 */
import { join } from 'node:path';

/** Where the host's files are mounted, for taskd only: `<taskId>/{folder,outputs,uploads,session}`. */
export const filesRoot = '/mnt/files';

/** Paths inside every sandbox. */
export const inside = {
  workdir: '/mnt/workdir',
  home: '/home/agent',
  agentFolder: '/home/agent/.pi',
  /** What the model reads about its folders; read again for each session */
  folderPrompt: '/home/agent/.pi/folders.md',
  /** The person's behaviour files, for the bridge; read again for each session */
  extensions: '/home/agent/.pi/extensions.json',
  /** Notes for the agent, one per file; the extension adds them to the running tool's result */
  notePrefix: '/home/agent/.pi/note-',
  session: (taskId: string) => `/sessions/${taskId}/session.json`,
  outputs: (taskId: string) => `/mnt/taskstate/${taskId}/outputs`,
  uploads: (taskId: string) => `/mnt/taskstate/${taskId}/uploads`,
} as const;

export interface Slot {
  readonly folder: string;
  /** Appears as /mnt */
  readonly mnt: string;
  /** Appears as /sessions */
  readonly sessions: string;
  /** Appears as pi's settings folder, in the agent's home */
  readonly agent: string;
  /** Appears as /run/piwork */
  readonly run: string;
  readonly gatewaySocket: string;
}

export function slotAt(folder: string): Slot {
  return {
    folder,
    mnt: join(folder, 'mnt'),
    sessions: join(folder, 'sessions'),
    agent: join(folder, 'agent'),
    run: join(folder, 'run'),
    gatewaySocket: join(folder, 'run', 'gateway.sock'),
  };
}
