/** What the bridge gets to know about the task. It reads no environment and no configuration itself. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BehaviourFile, BridgeInit } from '../../schema/generated/pi-api';
import { inside } from '../taskd/sandbox/layout';
import type { PiContext } from './pi';

/** Piwork's own guard, next to this extension in the guest's image */
const guardFile = '/opt/piwork/guard.edn';
/** No file of the person's can have this name */
const guardName = ':piwork/guard.edn';

const taskOf = (sessionFile: string | undefined): string | null =>
  /^\/sessions\/([^/]+)\/session\.json$/.exec(sessionFile ?? '')?.[1] ?? null;

interface OwnFiles {
  readonly mains: readonly string[];
  readonly files: readonly BehaviourFile[];
}

/** The person's own files, as the host sent them. A file that can't be read counts as none. */
function ownFiles(): OwnFiles {
  try {
    return JSON.parse(readFileSync(inside.extensions, 'utf8')) as OwnFiles;
  } catch {
    return { mains: [], files: [] };
  }
}

export function bridgeInit({ cwd, sessionManager }: PiContext): BridgeInit {
  const sessionFile = sessionManager.getSessionFile();
  const taskId = taskOf(sessionFile);
  const own = ownFiles();
  return {
    sessionId: sessionManager.getSessionId(),
    cwd,
    folders: {
      work: cwd === inside.workdir ? cwd : undefined,
      outputs: taskId === null ? undefined : inside.outputs(taskId),
      uploads: taskId === null ? undefined : inside.uploads(taskId),
      home: inside.home,
    },
    limits: {
      eventMs: 30_000,
      toolMs: 600_000,
      maximumCallsUnderWay: 256,
      maximumFrameBytes: 8_388_608,
    },
    behaviourDigest: undefined,
    behaviourFiles: [{ name: guardName, text: readFileSync(guardFile, 'utf8') }, ...own.files],
    // The guard comes first, so that its no is final.
    settings: [guardName, ...own.mains].map((value) => ({ name: 'behaviour', value })),
    stateFolder: sessionFile === undefined || taskId === null ? undefined : dirname(sessionFile),
  };
}
