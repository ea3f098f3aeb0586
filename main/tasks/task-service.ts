/** Tasks as the host knows them: what is kept, what runs, and what the person sees of it. */
import type { TaskSummary } from '../../schema/app-api';
import type { ConversationChange, ConversationItem } from '../../schema/conversation';
import type { DialogAnswer } from '../../schema/dialogs';
import { RpcError, toWireError } from '../../schema/errors';
import type { Client } from '../../schema/rpc';
import type { OpenMode, TaskdApi } from '../../schema/taskd-api';
import { Listeners } from '../../schema/transport';
import type { SetAside } from '../state-files/read-state-file';
import { Conversation, keepItems, loadItems } from './conversation';
import { closeOpenItems } from './fold-output';
import { reduceTaskdEvent, type TaskdEvent } from './reduce-event';
import { quiet, type TaskRuntime } from './task-runtime';
import type { TaskRecord, TaskStore } from './task-store';

interface Entry {
  record: TaskRecord;
  runtime: TaskRuntime;
  conversation: Promise<Conversation> | null;
  opening: Promise<OpenMode> | null;
  isOpen: boolean;
  /** Id of the last prompt; what the agent does belongs to it */
  run: string;
}

export interface Settled {
  readonly taskId: string;
  readonly promptId: string | null;
  readonly isAborted: boolean;
  readonly problem: string | null;
}

export interface TaskServiceOptions {
  readonly store: TaskStore;
  readonly taskd: Client<TaskdApi>;
  /** Resolves when the guest is ready. @throws RpcError `VM_FAILED` */
  readonly startVm: () => Promise<void>;
  /** The real path of a folder that may be bound. @throws RpcError `WORKSPACE_POLICY_VIOLATION` */
  readonly checkFolder: (path: string) => Promise<string>;
  /** What the guest calls it */
  readonly guestFolder: (path: string) => Promise<string>;
  readonly log: (source: string, line: string) => void;
}

/** Opening runs pi's own start, which takes seconds under emulation. */
const openDeadlineMs = 120_000;
const promptDeadlineMs = 120_000;

export class TaskService {
  readonly changed = new Listeners<TaskSummary>();
  readonly removed = new Listeners<string>();
  readonly conversationChanged = new Listeners<{ taskId: string; revision: number; changes: ConversationChange[] }>();
  readonly settled = new Listeners<Settled>();
  readonly artifactsChanged = new Listeners<string>();
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly options: TaskServiceOptions) {}

  async load(): Promise<readonly SetAside[]> {
    const { tasks, setAside } = await this.options.store.load();
    for (const record of tasks) this.#add(record);
    return setAside;
  }

  get summaries(): TaskSummary[] {
    return [...this.#entries.values()].map(summary).sort((a, b) => b.updatedAt - a.updatedAt);
  }

  get isBusy(): boolean {
    return [...this.#entries.values()].some(({ runtime }) => runtime.promptInFlight !== null);
  }

  async create(draft: { title: string; folder: string | null; model: string }): Promise<string> {
    const workingFolder = draft.folder === null ? null : await this.options.checkFolder(draft.folder);
    const record = await this.options.store.create({ title: draft.title, workingFolder, model: draft.model });
    this.#tell(this.#add(record));
    return record.taskId;
  }

  /** Makes a pi process stand ready for the task; calls at the same time share one opening. */
  open(taskId: string): Promise<OpenMode> {
    const entry = this.#find(taskId);
    entry.opening ??= this.#open(entry).finally(() => (entry.opening = null));
    return entry.opening;
  }

  async rename(taskId: string, title: string): Promise<void> {
    const entry = this.#find(taskId);
    await this.#save(entry, { title });
  }

  async remove(taskId: string): Promise<void> {
    const entry = this.#find(taskId);
    if (entry.isOpen) await this.options.taskd.stop_task({ taskId }).catch(() => undefined);
    await this.options.store.remove(taskId);
    this.#entries.delete(taskId);
    this.removed.emit(taskId);
  }

  /** @throws RpcError `FOLDER_ALREADY_BOUND`, `TASK_NOT_READY` or `WORKSPACE_POLICY_VIOLATION` */
  async bindFolder(taskId: string, folder: string): Promise<void> {
    const entry = this.#find(taskId);
    if (entry.record.workingFolder !== null) {
      throw new RpcError('FOLDER_ALREADY_BOUND', 'A task keeps the folder it was given. Make a new task for another.');
    }
    if (entry.runtime.promptInFlight !== null) {
      throw new RpcError('TASK_NOT_READY', 'The agent is at work. Give the folder when it has finished.');
    }
    const workingFolder = await this.options.checkFolder(folder);
    await this.#save(entry, { workingFolder });
    await this.#closeProcess(entry);
  }

  async setModel(taskId: string, model: string): Promise<void> {
    const entry = this.#find(taskId);
    if (entry.isOpen) await this.options.taskd.pi_set_model({ taskId, model });
    await this.#save(entry, { model });
  }

  async conversation(taskId: string): Promise<{ items: ConversationItem[]; revision: number }> {
    const { items, revision } = await this.#conversation(this.#find(taskId));
    return { items: [...items], revision };
  }

  /** Accepts a prompt; what becomes of it is told by events. @throws RpcError `TASK_NOT_READY` */
  async prompt(taskId: string, message: string, promptId: string): Promise<void> {
    const entry = this.#find(taskId);
    if (entry.runtime.promptInFlight !== null) {
      throw new RpcError('TASK_NOT_READY', 'The agent is still at work. Wait for it, or stop it first.');
    }
    entry.run = promptId;
    this.#update(entry, { activity: 'starting', problem: null, promptInFlight: promptId });
    const conversation = await this.#conversation(entry);
    const item: ConversationItem = { id: `prompt-${promptId}`, at: Date.now(), kind: 'user', text: message, promptId };
    conversation.apply([{ type: 'add', item }]);
    void this.#run(entry, message, promptId);
  }

  /** Stops the run, or gives up a prompt that still waits for the workspace. */
  async stop(taskId: string): Promise<void> {
    const entry = this.#find(taskId);
    const { activity, promptInFlight } = entry.runtime;
    if (promptInFlight === null) return;
    if (activity === 'starting') await this.#settle(entry, { isAborted: true, problem: null });
    else await this.options.taskd.abort({ taskId });
  }

  async answer(taskId: string, id: string, answer: DialogAnswer): Promise<void> {
    const entry = this.#find(taskId);
    const { accepted } = await this.options.taskd.extension_ui_response({ taskId, id, answer });
    if (!accepted) {
      this.#update(entry, { dialogs: entry.runtime.dialogs.filter((open) => open.id !== id) });
      throw new RpcError('NOT_FOUND', 'This question is no longer open.');
    }
  }

  /** Takes in one event of taskd. */
  async onTaskdEvent(event: TaskdEvent): Promise<void> {
    const entry = event.taskId === undefined ? undefined : this.#entries.get(event.taskId);
    if (!entry) return;
    const conversation = await this.#conversation(entry);
    const { runtime, changes, record, effects } = reduceTaskdEvent(
      { runtime: entry.runtime, items: conversation.items, run: entry.run },
      event,
    );
    conversation.apply(changes);
    if (record) await this.#save(entry, record);
    if (runtime !== entry.runtime) this.#update(entry, runtime);
    for (const effect of effects) {
      if (effect.kind === 'artifacts') this.artifactsChanged.emit(entry.record.taskId);
      else if (effect.kind === 'closed') entry.isOpen = false;
      else await this.#settle(entry, effect);
    }
  }

  /** The guest is gone: no task has a process any more, and a run that was under way has ended. */
  async onVmGone(why: string): Promise<void> {
    for (const entry of this.#entries.values()) {
      entry.isOpen = false;
      const { promptInFlight, activity } = entry.runtime;
      if (promptInFlight === null) {
        if (activity !== 'failed') this.#update(entry, { activity: 'stopped', dialogs: [] });
      } else if (activity !== 'starting') {
        await this.#fail(entry, why);
      }
    }
  }

  async #open(entry: Entry): Promise<OpenMode> {
    const before = entry.runtime;
    const isResting = before.activity === 'stopped' || before.activity === 'failed';
    if (isResting) this.#update(entry, { activity: 'starting' });
    try {
      const mode = await this.#openInGuest(entry);
      if (mode === 'recovered') (await this.#conversation(entry)).notice('info', 'The agent was restarted.');
      // A problem of before is over once an agent stands ready again.
      if (isResting && entry.runtime.promptInFlight === null) this.#update(entry, { activity: 'idle', problem: null });
      return mode;
    } catch (error) {
      const { activity, problem } = before;
      if (isResting && entry.runtime.promptInFlight === null) this.#update(entry, { activity, problem });
      throw error;
    }
  }

  async #openInGuest(entry: Entry): Promise<OpenMode> {
    const { taskId, workingFolder, model } = entry.record;
    const folder = workingFolder === null ? null : await this.#usableFolder(entry, workingFolder);
    await this.options.startVm();
    const { mode } = await this.options.taskd.create_or_open_task(
      { taskId, model, ...(folder === null ? {} : { workingFolder: folder }) },
      { timeoutMs: openDeadlineMs },
    );
    entry.isOpen = true;
    return mode;
  }

  async #usableFolder(entry: Entry, workingFolder: string): Promise<string> {
    try {
      const folder = await this.options.guestFolder(await this.options.checkFolder(workingFolder));
      if (entry.runtime.folderProblem !== null) this.#update(entry, { folderProblem: null });
      return folder;
    } catch (error) {
      this.#update(entry, { folderProblem: toWireError(error).message });
      throw error;
    }
  }

  async #run(entry: Entry, message: string, promptId: string): Promise<void> {
    const { taskId } = entry.record;
    try {
      await this.open(taskId);
      // The person may have given it up meanwhile.
      if (entry.runtime.promptInFlight !== promptId) return;
      this.#update(entry, { activity: 'running' });
      await this.#save(entry, { updatedAt: Date.now() });
      const { disposition } = await this.options.taskd.prompt(
        { taskId, message, promptId },
        { timeoutMs: promptDeadlineMs },
      );
      if (disposition === 'handled') await this.#settle(entry, { isAborted: false, problem: null });
    } catch (error) {
      this.options.log('host', `${taskId}: ${String(error)}`);
      // A workspace that was lost has been told for every task already.
      if (entry.runtime.promptInFlight !== promptId) return;
      await this.#fail(entry, toWireError(error).message);
    }
  }

  async #fail(entry: Entry, problem: string): Promise<void> {
    (await this.#conversation(entry)).notice('error', problem);
    await this.#settle(entry, { isAborted: false, problem });
  }

  /** A run is over: what it left open is closed, and the conversation is kept. */
  async #settle(entry: Entry, { isAborted, problem }: { isAborted: boolean; problem: string | null }): Promise<void> {
    const { taskId } = entry.record;
    const promptId = entry.runtime.promptInFlight;
    const conversation = await this.#conversation(entry);
    conversation.apply(closeOpenItems(conversation.items));
    this.#update(entry, { activity: problem === null ? 'idle' : 'failed', problem, promptInFlight: null, dialogs: [] });
    await this.#save(entry, { updatedAt: Date.now() });
    const { store } = this.options;
    const files = { sessionFile: store.sessionFile(taskId), cacheFile: store.conversationFile(taskId) };
    await keepItems(files, conversation.items);
    this.artifactsChanged.emit(taskId);
    this.settled.emit({ taskId, promptId, isAborted, problem });
  }

  async #closeProcess(entry: Entry): Promise<void> {
    if (!entry.isOpen) return;
    entry.isOpen = false;
    await this.options.taskd.stop_task({ taskId: entry.record.taskId });
  }

  #conversation(entry: Entry): Promise<Conversation> {
    const { store } = this.options;
    const { taskId } = entry.record;
    const files = { sessionFile: store.sessionFile(taskId), cacheFile: store.conversationFile(taskId) };
    entry.conversation ??= loadItems(files).then(
      (items) =>
        new Conversation(items, (changes, revision) => this.conversationChanged.emit({ taskId, revision, changes })),
    );
    return entry.conversation;
  }

  #add(record: TaskRecord): Entry {
    const run = `since-${Date.now()}`;
    const entry: Entry = { record, runtime: quiet, conversation: null, opening: null, isOpen: false, run };
    this.#entries.set(record.taskId, entry);
    return entry;
  }

  #find(taskId: string): Entry {
    const entry = this.#entries.get(taskId);
    if (!entry) throw new RpcError('TASK_NOT_FOUND', 'This task is not on the list any more.');
    return entry;
  }

  async #save(entry: Entry, change: Partial<TaskRecord>): Promise<void> {
    const record = { ...entry.record, ...change };
    await this.options.store.save(record);
    entry.record = record;
    this.#tell(entry);
  }

  #update(entry: Entry, change: Partial<TaskRuntime>): void {
    entry.runtime = { ...entry.runtime, ...change };
    this.#tell(entry);
  }

  #tell(entry: Entry): void {
    this.changed.emit(summary(entry));
  }
}

const summary = ({ record, runtime }: Entry): TaskSummary => {
  const { taskId, title, workingFolder, model, createdAt, updatedAt, usage } = record;
  const { activity, problem, folderProblem, promptInFlight, dialogs } = runtime;
  return {
    ...{ taskId, title, workingFolder, model, createdAt, updatedAt, usage },
    ...{ activity, problem, folderProblem, promptInFlight, dialogs: [...dialogs] },
  };
};
