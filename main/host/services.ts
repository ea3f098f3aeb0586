/** The parts of a host, each created once by `composeServices` and passed to whoever needs it. */
import type { Approvals } from '../approvals/approvals';
import type { Artifacts } from '../artifacts/artifacts';
import type { OpenedCopies } from '../artifacts/opened-copies';
import type { LogFile } from '../diagnostics/log-file';
import type { Extensions } from '../extensions/extensions';
import type { KeyStore } from '../providers/key-store';
import type { Models } from '../providers/models';
import type { SettingsStore } from '../settings/settings-store';
import type { StateFolder } from '../settings/state-folder';
import type { SetAside } from '../state-files/read-state-file';
import type { Reviews } from '../tasks/reviews';
import type { TaskService } from '../tasks/task-service';
import type { Turns } from '../tasks/turns';
import type { FilesHost } from '../workers/files-host';
import type { GatewayHost } from '../workers/gateway-host';
import type { VmHost } from '../workers/vm-host';

export interface HostOptions {
  readonly stateRoot: string;
  readonly cacheRoot: string;
  readonly packFolder: string;
  /** Folder of the worker threads' bundles */
  readonly workers: string;
  /** Piwork's installation; the folder of the bundles when it isn't known */
  readonly program?: string;
  readonly version: string;
  /** How this computer stores keys; receives the state folder */
  readonly openKeys: (stateRoot: string) => Promise<KeyStore>;
  readonly firstPort?: number;
}

export interface Services {
  readonly options: HostOptions;
  readonly state: StateFolder;
  readonly log: LogFile;
  readonly settings: SettingsStore;
  readonly models: Models;
  readonly tasks: TaskService;
  readonly turns: Turns;
  readonly reviews: Reviews;
  readonly approvals: Approvals;
  readonly artifacts: Artifacts;
  /** Copies of files that other programs opened */
  readonly copies: OpenedCopies;
  readonly extensions: Extensions;
  readonly files: FilesHost;
  readonly gateway: GatewayHost;
  readonly vm: VmHost;
  /** State files that couldn't be read at the start */
  readonly setAside: readonly SetAside[];
}
