/** The tasks of this guest. None of them is the current one: every message names its task. */
import { RpcError } from '../../../schema/errors';
import { Task } from './task';
import type { TaskServices } from './services';

export class TaskRegistry {
  readonly #tasks = new Map<string, Task>();

  constructor(private readonly services: TaskServices) {}

  get all(): Task[] {
    return [...this.#tasks.values()];
  }

  /** @throws RpcError `TASK_NOT_FOUND` */
  find(taskId: string): Task {
    const task = this.#tasks.get(taskId);
    if (!task) throw new RpcError('TASK_NOT_FOUND', `There is no task ${taskId} in the workspace. Open it first.`);
    return task;
  }

  findOrAdd(taskId: string): Task {
    const known = this.#tasks.get(taskId);
    if (known) return known;
    const task = new Task(taskId, this.services);
    this.#tasks.set(taskId, task);
    return task;
  }

  /** Removes a task that was stopped. */
  forget(taskId: string): void {
    this.#tasks.delete(taskId);
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.all.map((task) => task.stop()));
  }
}
