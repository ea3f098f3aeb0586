/** Tasks as the host knows them: what people ask of them, each by its id. */
import type { TaskSummary } from '../../schema/task-summary';
import type { ConversationItem } from '../../schema/conversation';
import type { DialogAnswer } from '../../schema/dialogs';
import { RpcError } from '../../schema/errors';
import type { TaskPlaces } from '../../schema/files-api';
import type { OpenMode } from '../../schema/taskd-api';
import type { SetAside } from '../state-files/read-state-file';
import type { TaskdEvent } from './reduce-event';
import { OpeningQueue } from './opening-queue';
import { makeRoom, type Guest, type Openings } from './room';
import { Task } from './task';
import { TaskNews } from './task-news';
import type { RunApprovals, TaskServiceOptions } from './task-ports';
import { assertBindable, assertResting, assertUnchanging } from './task-refusals';
import { processNumber, processOf, promptInFlight, type FilesChange } from './task-state';
import type { TaskRecord } from './task-store';

const askAboutAll: RunApprovals = { allow: [], canAsk: true };

export interface TaskDraft {
  readonly title: string;
  readonly folder: string | null;
  readonly model: string;
  readonly reviewsChanges?: boolean;
}

const guestOf = (task: Task): Guest => ({
  taskId: task.taskId,
  hasAgent: processOf(task.state).kind === 'open',
  isResting: task.state.kind === 'resting',
  usedAt: task.record.updatedAt,
  endAgent: () => task.apply({ kind: 'end-process' }),
});

export class TaskService extends TaskNews {
  readonly #tasks = new Map<string, Task>();
  readonly #openings: Openings = {
    queue: new OpeningQueue((taskId, ahead) => this.#tasks.get(taskId)?.reportPlace(ahead)),
    makeRoom: (taskId, assertWanted) =>
      makeRoom(taskId, { tasks: () => this.#all.map(guestOf), changed: () => this.nextChange() }, assertWanted),
  };

  constructor(private readonly options: TaskServiceOptions) {
    super();
  }

  async load(): Promise<readonly SetAside[]> {
    const { tasks, setAside } = await this.options.store.load();
    for (const record of tasks) this.#add(record);
    return setAside;
  }

  get summaries(): TaskSummary[] {
    return this.#all.map((task) => task.summary).sort((a, b) => b.updatedAt - a.updatedAt);
  }

  get isBusy(): boolean {
    return this.#all.some(({ state }) => promptInFlight(state) !== null);
  }

  async create({ title, folder, model, reviewsChanges = false }: TaskDraft): Promise<string> {
    const workingFolder = folder === null ? null : await this.options.checkFolder(folder);
    const record = await this.options.store.create({ title, model, reviewsChanges, workingFolder });
    this.#add(record).report();
    return record.taskId;
  }

  /** Makes sure that the task has a pi process that is ready; simultaneous calls share one opening. */
  open(taskId: string): Promise<OpenMode> {
    return this.#find(taskId).open();
  }

  async rename(taskId: string, title: string): Promise<void> {
    await this.#find(taskId).save({ title });
  }

  /** @throws RpcError `TASK_NOT_READY` while the task's files are being changed */
  async remove(taskId: string): Promise<void> {
    const task = this.#find(taskId);
    assertUnchanging(task.state);
    const promptId = promptInFlight(task.state);
    const outcome = { isAborted: true, problem: null };
    if (promptId !== null) await task.apply({ kind: 'run-ended', promptId, outcome });
    await task.runs.closed;
    assertResting(task.state);
    try {
      await task.apply({ kind: 'remove' }).catch(() => undefined);
      this.#openings.queue.cancel(taskId);
      await task.kept.saved;
      await this.options.files.forget(taskId);
      await this.options.store.remove(taskId);
    } catch (error) {
      await task.apply({ kind: 'restored' });
      this.options.files.open(task.places);
      throw error;
    }
    this.#tasks.delete(taskId);
    this.removed.emit(taskId);
  }

  /** @throws RpcError `FOLDER_ALREADY_BOUND`, `TASK_NOT_READY` or `WORKSPACE_POLICY_VIOLATION` */
  async bindFolder(taskId: string, folder: string): Promise<void> {
    const task = this.#find(taskId);
    const assertMay = (): void => assertBindable(task.state, task.record);
    assertMay();
    const workingFolder = await this.options.checkFolder(folder);
    // Checked again: another folder may have been bound while this one was checked.
    await task.kept.save({ workingFolder }, assertMay);
    await task.apply({ kind: 'end-process' });
  }

  /** Whether changes of the folder wait for the person, from the next run on. */
  async setReviewing(taskId: string, reviewsChanges: boolean): Promise<void> {
    const task = this.#find(taskId);
    const assertMay = (): void => assertResting(task.state);
    assertMay();
    await task.kept.save({ reviewsChanges }, assertMay);
    await task.apply({ kind: 'end-process' });
  }

  async setModel(taskId: string, model: string): Promise<void> {
    const task = this.#find(taskId);
    if (processOf(task.state).kind === 'open') await this.options.taskd.pi_set_model({ taskId, model });
    await task.save({ model });
  }

  async conversation(taskId: string): Promise<{ items: ConversationItem[]; revision: number }> {
    const { items, revision } = await this.#find(taskId).conversation();
    return { items: [...items], revision };
  }

  /** Accepts a prompt; events report what follows. @throws RpcError `TASK_NOT_READY` */
  async prompt(taskId: string, message: string, promptId: string, approvals = askAboutAll): Promise<void> {
    await this.#find(taskId).prompt({ promptId, message, approvals });
  }

  /** Absolute path of a task's folder; nothing for a task without one, or one that isn't on the list. */
  folderOf(taskId: string): string | null {
    return this.#kept(taskId)?.record.workingFolder ?? null;
  }

  /** Where a task's files are. */
  places(taskId: string): TaskPlaces {
    return this.#find(taskId).places;
  }

  /**
   * Changes a task's files or session while no agent runs for it. Its process is ended first, and the conversation is
   * read from the session again afterwards. @throws RpcError `TASK_NOT_READY`
   */
  async changeFiles<T>(taskId: string, change: FilesChange, work: () => Promise<T>): Promise<T> {
    return this.#find(taskId).changeFiles(change, work);
  }

  /** Stops the run, or drops a prompt that still waits for the workspace. */
  async stop(taskId: string): Promise<void> {
    await this.#find(taskId).apply({ kind: 'stop' });
    this.#openings.queue.cancel(taskId);
  }

  async answer(taskId: string, id: string, answer: DialogAnswer): Promise<void> {
    const task = this.#find(taskId);
    const { accepted } = await this.options.taskd.extension_ui_response({ taskId, id, answer });
    if (accepted) return;
    await task.apply({ kind: 'dialog-closed', process: processNumber(task.state), id });
    throw new RpcError('NOT_FOUND', 'This question is no longer open.');
  }

  /** Handles one taskd event. Events of one task are handled one after another. */
  async onTaskdEvent(event: TaskdEvent): Promise<void> {
    if (event.taskId !== undefined) await this.#kept(event.taskId)?.takeEvent(event);
  }

  /** The guest is gone: no task has a process, and runs in progress have ended. */
  async onVmGone(why: string): Promise<void> {
    await Promise.all(this.#all.map((task) => task.vmGone(why)));
  }

  get #all(): Task[] {
    return [...this.#tasks.values()].filter((task) => !task.isRemoved);
  }

  #add(record: TaskRecord): Task {
    const task = new Task(record, this.options, this, this.#openings);
    this.#tasks.set(record.taskId, task);
    return task;
  }

  #kept(taskId: string): Task | undefined {
    const task = this.#tasks.get(taskId);
    return task?.isRemoved ? undefined : task;
  }

  #find(taskId: string): Task {
    const task = this.#kept(taskId);
    if (!task) throw new RpcError('TASK_NOT_FOUND', 'This task was removed.');
    return task;
  }
}
