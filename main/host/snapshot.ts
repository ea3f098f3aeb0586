/** What a shell receives when it connects, and the state that a bug report needs. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { AppInfo, Snapshot } from '../../schema/snapshot';
import { toWireError } from '../../schema/errors';
import { dumpState } from '../diagnostics/dump-state';
import type { Services } from './services';

const dumpedLogLines = 100;

export interface Connected {
  readonly shell: AppInfo['shell'];
  readonly canPickFolder: boolean;
  /** `seq` of the last event on this connection */
  readonly lastSeq: number;
}

export function takeSnapshot(services: Services, { shell, canPickFolder, lastSeq }: Connected): Snapshot {
  const { options, state, models, vm, tasks, setAside, settings, approvals } = services;
  return {
    seq: lastSeq,
    app: {
      version: options.version,
      shell,
      platform: process.platform,
      home: homedir(),
      stateFolder: state.root,
      keyStorage: models.keyStorage,
      canPickFolder,
    },
    vm: vm.status,
    tasks: tasks.summaries,
    setAside: [...setAside],
    providers: models.providers,
    models: models.list,
    settings: settings.current,
    approvals: [...approvals.open],
    grants: [...approvals.grants],
  };
}

/** Everything about the running host except keys, file contents and conversations. */
export async function dumpHost({ log, vm }: Services, snapshot: Snapshot): Promise<Record<string, unknown>> {
  const guest = vm.status.kind === 'ready' ? await guestFacts(vm) : null;
  await log.flush();
  const text = await readFile(log.path, 'utf8').catch(() => '');
  return dumpState({ snapshot, guest, logTail: text.split('\n').slice(-dumpedLogLines) });
}

const guestFacts = ({ taskd, malformedMessages }: Services['vm']): Promise<unknown> =>
  Promise.all([taskd.runtime_get_state({}), taskd.runtime_diag({})]).then(
    ([state, diagnostics]) => ({ state, diagnostics, malformedMessages }),
    (error: unknown) => ({ error: toWireError(error) }),
  );
