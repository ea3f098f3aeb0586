/** Creates the services of a host and connects them: the one place that knows how they fit together. */
import { join } from 'node:path';
import { Approvals } from '../approvals/approvals';
import { Artifacts } from '../artifacts/artifacts';
import { OpenedCopies } from '../artifacts/opened-copies';
import { LogFile } from '../diagnostics/log-file';
import { checkBehaviour } from '../extensions/check-behaviour';
import { extensionPlaces, Extensions } from '../extensions/extensions';
import { checkWorkingFolder } from '../folders/working-folder';
import { Models } from '../providers/models';
import { SettingsStore } from '../settings/settings-store';
import type { StateFolder } from '../settings/state-folder';
import { Reviews } from '../tasks/reviews';
import { TaskFilesClient } from '../tasks/task-files-client';
import { TaskService } from '../tasks/task-service';
import { TaskStore } from '../tasks/task-store';
import { Turns } from '../tasks/turns';
import { createFilesHost } from '../workers/files-host';
import { GatewayHost } from '../workers/gateway-host';
import { endOrphan } from '../workers/orphans';
import { vmConfig } from '../workers/vm-config';
import { VmHost } from '../workers/vm-host';
import { ownPlaces } from './installation';
import type { HostOptions, Services } from './services';

export interface HostPlaces {
  readonly options: HostOptions;
  readonly state: StateFolder;
  /** Private folder for the sockets of this run */
  readonly runFolder: string;
}

/** What every service needs to know about this run. */
interface Ground extends HostPlaces {
  readonly log: LogFile;
  readonly filesSocket: string;
}

const logOf =
  ({ log }: Pick<Ground, 'log'>, source: string) =>
  (line: string): void =>
    log.write(source, line);

const workerFile = ({ options }: Pick<Ground, 'options'>, name: string): string =>
  join(options.workers, `${name}-worker.cjs`);

/** Starts the file server, then the rest. Rejects when a part can't start; nothing is left running then. */
export async function composeServices(places: HostPlaces): Promise<Services> {
  const { state, runFolder } = places;
  const log = new LogFile(join(state.logs, 'piwork.log'));
  const ground: Ground = { ...places, log, filesSocket: join(runFolder, 'files.sock') };
  const files = createFilesHost({
    workerFile: workerFile(ground, 'files'),
    socket: ground.filesSocket,
    log: logOf(ground, 'files'),
  });
  try {
    await files.start();
    return await composeAround(files, ground);
  } catch (error) {
    await files.stop();
    throw error;
  }
}

async function composeAround(files: Services['files'], ground: Ground): Promise<Services> {
  const { options, state, log } = ground;
  const [settings, settingsAside] = await SettingsStore.open(state.settingsFile);
  const gateway = new GatewayHost({
    workerFile: workerFile(ground, 'gateway'),
    stateFolder: state.root,
    tourPace: 1,
    log: logOf(ground, 'gateway'),
  });
  const keys = await options.openKeys(state.root);
  const models = await Models.open({ stateFolder: state.root, gateway, keys, log: logOf(ground, 'gateway') });
  const places = extensionPlaces(state.root);
  const [extensions, extensionsAside] = await Extensions.open({
    ...places,
    check: (main) => checkBehaviour(join(options.workers, '../bridge/cli.cjs'), places.folder, main),
  });
  const vm = await openVm(gateway, ground);

  const store = new TaskStore(state);
  const approvals = new Approvals({
    describeProgram: async (taskId, pid) => (await vm.taskd.describe_process({ taskId, pid })).command,
    settings: () => settings.current,
    folderOf: (taskId) => tasks.folderOf(taskId),
    grantsFile: join(state.root, 'grants.json'),
    logFile: (taskId) => join(store.folder(taskId), 'approvals.jsonl'),
    tellAgent: async (taskId, text) => {
      await vm.taskd.tell_agent({ taskId, text });
    },
    now: Date.now,
    setTimer: (ms, onDue) => {
      const timer = setTimeout(onDue, ms);
      return { dispose: () => clearTimeout(timer) };
    },
    log: (source, line) => log.write(source, line),
  });
  const grantsAside = await approvals.load();
  const tasks: TaskService = new TaskService({
    store,
    taskd: vm.taskd,
    startVm: () => vm.start(),
    checkFolder: (path) => checkWorkingFolder(path, ownPlaces(options)),
    files: new TaskFilesClient({ files, approvals, log: logOf(ground, 'files') }),
    piConfig: () => models.piConfig,
    extensions: () => extensions.forTask(),
    log: (source, line) => log.write(source, line),
  });
  const tasksAside = await tasks.load();
  return {
    ...{ options, state, log, settings, models, tasks, approvals, extensions, files, gateway, vm },
    turns: new Turns(files.client, tasks),
    reviews: new Reviews(files.client, tasks),
    artifacts: new Artifacts(files.client),
    copies: await OpenedCopies.open(state.opened),
    setAside: [
      ...tasksAside,
      ...grantsAside,
      ...models.setAside,
      ...[settingsAside, extensionsAside].flatMap((one) => one ?? []),
    ],
  };
}

/** The VM, after ending one that an earlier host left behind. It starts with the first task. */
async function openVm(gateway: GatewayHost, ground: Ground): Promise<VmHost> {
  const { options, state, runFolder, filesSocket, log } = ground;
  const pidFile = join(state.root, 'qemu.json');
  const orphan = await endOrphan(pidFile);
  if (orphan !== null) log.write('host', `stopped a VM that was left over (process ${orphan})`);
  return new VmHost({
    workerFile: workerFile(ground, 'vm'),
    pidFile,
    onKey: (key) => gateway.useKey(key),
    log: (source, line) => log.write(source, line),
    config: () => vmConfig(options, runFolder, filesSocket),
  });
}
