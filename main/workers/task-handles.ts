/** Names each task's places to the files worker once, so that calls name only the task. */
import type { FilesApi, TaskPlaces } from '../../schema/files-api';
import type { Client } from '../../schema/rpc';

export class TaskHandles {
  readonly #places = new Map<string, TaskPlaces>();

  constructor(private readonly client: Client<FilesApi>) {}

  /** From now on the task's files are at these places. */
  open(places: TaskPlaces): void {
    this.#places.set(places.taskId, places);
    this.#name(this.client, places);
  }

  /** Resolves when the worker has closed the task's files; later calls about the task are refused. */
  async close(taskId: string): Promise<void> {
    this.#places.delete(taskId);
    // Without a worker nothing is open.
    await this.client['task.close']({ taskId }).catch(() => undefined);
  }

  /** Names all tasks to a worker that starts, before any other call reaches it. */
  nameAll(client: Client<FilesApi>): void {
    for (const places of this.#places.values()) this.#name(client, places);
  }

  #name(client: Client<FilesApi>, places: TaskPlaces): void {
    // Fails only without a worker; the next one learns all tasks when it starts.
    client['task.open']({ places }).catch(() => undefined);
  }
}
