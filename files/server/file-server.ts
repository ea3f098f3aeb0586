/** Serves folders of the host to the guest's kernel: `/<taskId>/<area>`, and nothing else. */
import type { Duplex } from 'node:stream';
import { type Area, type BindRequest, Bindings } from './bindings';
import { HeldRequests } from './held-requests';
import type { Gate } from './intended-change';
import { Listings } from './listings';
import { NodeTable } from './node-table';
import { OpenHandles } from './open-handles';
import { RecentRetries } from './recent-retries';
import { type NewContext, Session } from './session';
import { Watches } from './watches';

export interface FileServerOptions {
  /** The owner that the guest sees for every file */
  readonly uid: number;
  readonly gid: number;
  /** Called before every change */
  readonly gate?: Gate;
  /** How long the guest may cache answers; default 3600 */
  readonly cacheSeconds?: number;
  readonly log?: (line: string) => void;
  readonly limits?: Partial<FileServerLimits>;
}

export interface FileServerLimits {
  readonly openFilesPerTask: number;
  readonly heldRequestsPerTask: number;
  /** Names of named pipes and sockets in one folder */
  readonly specialFiles: number;
  /** Nodes that the kernel is told about without asking for each */
  readonly nodes: number;
}

const defaultLimits: FileServerLimits = {
  openFilesPerTask: 4096,
  heldRequestsPerTask: 256,
  specialFiles: 4096,
  nodes: 500_000,
};

export class FileServer {
  readonly #options: FileServerOptions;
  readonly #bindings: Bindings;
  #session: Session | null = null;

  constructor(options: FileServerOptions) {
    this.#options = options;
    this.#bindings = new Bindings(options.limits?.specialFiles ?? defaultLimits.specialFiles);
  }

  /** Adds a folder, replacing one of the same name. The server closes it. @throws Errno `EINVAL` */
  bind(request: BindRequest): void {
    const { replaced } = this.#bindings.add(request);
    if (!replaced) return;
    this.#session?.dropBinding(replaced);
    closeBinding(replaced);
  }

  /** Removes one folder of a task, or all of them; what is open in them answers `ESTALE`. */
  unbind(taskId: string, area?: Area): void {
    for (const name of area === undefined ? this.#bindings.areas(taskId) : [area]) {
      const binding = this.#bindings.remove(taskId, name);
      if (!binding) continue;
      this.#session?.dropBinding(binding);
      closeBinding(binding);
    }
  }

  /** Serves a guest's kernel; an earlier connection is closed. */
  serve(stream: Duplex): void {
    this.#session?.close();
    const { uid, gid, gate, cacheSeconds = 3600, log = () => undefined, limits } = this.#options;
    const { openFilesPerTask, heldRequestsPerTask, nodes } = { ...defaultLimits, ...limits };
    const newContext: NewContext = (notify) => {
      const table = new NodeTable();
      return {
        uid,
        gid,
        gate: gate ?? null,
        cacheSeconds,
        maxNodes: nodes,
        bindings: this.#bindings,
        nodes: table,
        watches: new Watches(table, notify),
        retries: new RecentRetries(),
        handles: new OpenHandles(openFilesPerTask),
        held: new HeldRequests(heldRequestsPerTask),
        listings: new Listings(),
      };
    };
    this.#session = new Session(stream, newContext, log);
  }

  /** Ends the connection and releases every folder. */
  close(): void {
    this.#session?.close();
    this.#session = null;
    for (const taskId of this.#bindings.taskIds()) this.unbind(taskId);
  }
}

function closeBinding({ files, watch }: BindRequest): void {
  watch?.close();
  files.close();
}
