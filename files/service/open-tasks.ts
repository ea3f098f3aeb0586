/** The tasks that main has named: where their files are, and which are open. */
import { isDeepStrictEqual } from 'node:util';
import { RpcError } from '../../schema/errors';
import type { TaskPlaces } from '../../schema/files-api';
import type { TaskFiles } from './task-files';
import { makeOwnFolders } from './task-folders';

export interface OpenTasksOptions {
  /** @throws RpcError when a folder can't be opened */
  readonly open: (places: TaskPlaces) => TaskFiles;
  readonly close: (files: TaskFiles) => void;
}

export class OpenTasks {
  readonly #places = new Map<string, TaskPlaces>();
  readonly #files = new Map<string, TaskFiles>();

  constructor(private readonly options: OpenTasksOptions) {}

  /** Later calls name only the task. Its files are opened on first use, and again when the places differ. */
  name(places: TaskPlaces): void {
    if (!isDeepStrictEqual(this.#places.get(places.taskId), places)) this.#places.set(places.taskId, places);
  }

  /** @throws RpcError `TASK_NOT_FOUND` for a task that main hasn't named */
  places(taskId: string): TaskPlaces {
    const places = this.#places.get(taskId);
    if (places) return places;
    throw new RpcError('TASK_NOT_FOUND', 'This task was removed.');
  }

  /** A task's open files, if any. */
  find(taskId: string): TaskFiles | null {
    return this.#files.get(taskId) ?? null;
  }

  /** A task's files. @throws RpcError */
  files(taskId: string): TaskFiles {
    const places = this.places(taskId);
    const known = this.find(taskId);
    return known?.places === places ? known : this.#open(places);
  }

  /** A task's files, after a check of its folders: a replaced folder is opened again. @throws RpcError */
  current(taskId: string): TaskFiles {
    const places = this.places(taskId);
    makeOwnFolders(places);
    const known = this.find(taskId);
    return known?.places === places && known.isCurrent ? known : this.#open(places);
  }

  /** Closes a task's files; the next use opens them again. */
  withdraw(taskId: string): void {
    const known = this.find(taskId);
    this.#files.delete(taskId);
    if (known) this.options.close(known);
  }

  /** Closes a task's files for good. */
  forget(taskId: string): void {
    this.withdraw(taskId);
    this.#places.delete(taskId);
  }

  closeAll(): void {
    for (const taskId of [...this.#files.keys()]) this.withdraw(taskId);
  }

  #open(places: TaskPlaces): TaskFiles {
    this.withdraw(places.taskId);
    makeOwnFolders(places);
    const files = this.options.open(places);
    this.#files.set(places.taskId, files);
    return files;
  }
}
