/** Which folders exist for the guest: `/<taskId>/<area>`, bound and unbound while it runs. */
import { checkName } from '../confined/names';
import type { FolderFiles, Names } from '../folder/folder-files';
import { SpecialFolder } from '../special/special-folder';
import { UnnamedFolder } from '../special/unnamed-folder';
import type { FolderWatch } from '../watch/folder-watch';

export type Area = 'folder' | 'outputs' | 'uploads' | 'session';

export interface BindRequest {
  readonly taskId: string;
  readonly area: Area;
  readonly files: FolderFiles;
  readonly isWritable: boolean;
  /**
   * Reports what others change. Without it, the guest caches answers for `cacheSeconds`. Closed together with `files`
   */
  readonly watch?: FolderWatch;
  /** How long the guest may cache answers; the server's default when absent */
  readonly cacheSeconds?: number;
}

export interface Binding extends BindRequest {
  readonly files: SpecialFolder;
  /** The layer below, for files without a name */
  readonly unnamed: UnnamedFolder;
  /** Never reused, so that two folders bound one after the other have different ids */
  readonly id: number;
  readonly isGone: boolean;
}

/** What is bound; reads no folder. */
export class Bindings {
  readonly #specialFiles: number;
  readonly #tasks = new Map<string, Map<string, Binding & { isGone: boolean }>>();
  #next = 1;
  #changedNs = now();

  /** @param specialFiles how many names of named pipes and sockets each may have */
  constructor(specialFiles: number) {
    this.#specialFiles = specialFiles;
  }

  /** When a folder was last bound or unbound: nanoseconds since the epoch, always increasing */
  get changedNs(): bigint {
    return this.#changedNs;
  }

  /** Returns the folder that it replaces. @throws Errno for a task whose id isn't a valid name */
  add(request: BindRequest): { readonly added: Binding; readonly replaced: Binding | null } {
    checkName(request.taskId);
    const replaced = this.remove(request.taskId, request.area);
    const unnamed = new UnnamedFolder(request.files);
    const files = new SpecialFolder(unnamed, this.#specialFiles);
    const added = { ...request, files, unnamed, id: this.#next++, isGone: false };
    const areas = this.#tasks.get(request.taskId) ?? new Map<string, Binding & { isGone: boolean }>();
    this.#touch();
    this.#tasks.set(request.taskId, areas.set(request.area, added));
    return { added, replaced };
  }

  remove(taskId: string, area: string): Binding | null {
    const areas = this.#tasks.get(taskId);
    const binding = areas?.get(area);
    if (!areas || !binding) return null;
    areas.delete(area);
    if (areas.size === 0) this.#tasks.delete(taskId);
    binding.isGone = true;
    this.#touch();
    return binding;
  }

  get(taskId: string, area: string): Binding | null {
    return this.#tasks.get(taskId)?.get(area) ?? null;
  }

  has(taskId: string): boolean {
    return this.#tasks.has(taskId);
  }

  taskIds(): Names {
    return [...this.#tasks.keys()];
  }

  areas(taskId: string): Names {
    return [...(this.#tasks.get(taskId)?.keys() ?? [])];
  }

  /** The kernel lists a directory again when its time has changed. */
  #touch(): void {
    const time = now();
    this.#changedNs = time > this.#changedNs ? time : this.#changedNs + 1000n;
  }
}

const now = (): bigint => BigInt(Date.now()) * 1_000_000n;
