/** Tasks as the host knows them: what is kept, what runs, and what the person sees of it. */
import type { TaskSummary } from '../../schema/app-api';
import type { ConversationChange, ConversationItem } from '../../schema/conversation';
import type { DialogAnswer } from '../../schema/dialogs';
import { RpcError, toWireError } from '../../schema/errors';
import { noExtensions } from '../../schema/extensions';
import type { OpenMode } from '../../schema/taskd-api';
import { Listeners } from '../../schema/transport';
import type { TaskPlaces } from '../../schema/files-api';
import type { SetAside } from '../state-files/read-state-file';
import { answerActs } from './answer-acts';
import { Conversation, keepItems, loadItems, type ConversationFiles } from './conversation';
import { closeOpenItems } from './fold-output';
import { readConversation } from './read-session';
import { reduceTaskdEvent, type TaskdEvent } from './reduce-event';
import { assertBindable, assertKept, assertResting, newEntry, summaryOf, type TaskEntry } from './task-entry';
import { closeProcess, endProcess } from './task-process';
import type { TaskRuntime } from './task-runtime';
import type { Outcome, RunApprovals, RunStart, Settled, TaskServiceOptions } from './task-ports';
import type { TaskRecord } from './task-store';

/** Opening runs pi's own start, which takes seconds under emulation. */
const openDeadlineMs = 120_000;
const promptDeadlineMs = 120_000;

const askAboutAll: RunApprovals = { allow: [], canAsk: true };

export class TaskService {
  readonly changed = new Listeners<TaskSummary>();
  readonly removed = new Listeners<string>();
  readonly conversationChanged = new Listeners<{ taskId: string; revision: number; changes: ConversationChange[] }>();
  readonly settled = new Listeners<Settled>();
  readonly artifactsChanged = new Listeners<string>();
  readonly #entries = new Map<string, TaskEntry>();

  constructor(private readonly options: TaskServiceOptions) {}

  async load(): Promise<readonly SetAside[]> {
    const { tasks, setAside } = await this.options.store.load();
    for (const record of tasks) this.#add(record);
    return setAside;
  }

  get summaries(): TaskSummary[] {
    return [...this.#entries.values()].map(summaryOf).sort((a, b) => b.updatedAt - a.updatedAt);
  }

  get isBusy(): boolean {
    return [...this.#entries.values()].some(({ runtime }) => runtime.promptInFlight !== null);
  }

  async create(draft: {
    title: string;
    folder: string | null;
    model: string;
    reviewsChanges?: boolean;
  }): Promise<string> {
    const { title, folder, model, reviewsChanges = false } = draft;
    const workingFolder = folder === null ? null : await this.options.checkFolder(folder);
    const record = await this.options.store.create({ title, model, reviewsChanges, workingFolder });
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
    const { promptInFlight } = entry.runtime;
    if (promptInFlight !== null) await this.#settle(entry, promptInFlight, { isAborted: true, problem: null });
    this.#entries.delete(taskId);
    entry.isRemoved = true;
    try {
      await closeProcess(entry, this.options).catch(() => undefined);
      await entry.saving;
      await this.options.files.forget(taskId);
      await this.options.store.remove(taskId);
    } catch (error) {
      entry.isRemoved = false;
      this.#entries.set(taskId, entry);
      throw error;
    }
    this.removed.emit(taskId);
  }

  /** @throws RpcError `FOLDER_ALREADY_BOUND`, `TASK_NOT_READY` or `WORKSPACE_POLICY_VIOLATION` */
  async bindFolder(taskId: string, folder: string): Promise<void> {
    const entry = this.#find(taskId);
    assertBindable(entry);
    const workingFolder = await this.options.checkFolder(folder);
    // Again: another may have come while this one was looked at.
    await this.#save(entry, { workingFolder }, assertBindable);
    await closeProcess(entry, this.options);
  }

  /** Whether changes of the folder wait for the person, from the next run on. */
  async setReviewing(taskId: string, reviewsChanges: boolean): Promise<void> {
    const entry = this.#find(taskId);
    assertResting(entry);
    await this.#save(entry, { reviewsChanges }, assertResting);
    await closeProcess(entry, this.options);
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
  async prompt(taskId: string, message: string, promptId: string, approvals = askAboutAll): Promise<void> {
    const entry = this.#find(taskId);
    assertResting(entry);
    entry.run = promptId;
    this.#update(entry, { activity: 'starting', problem: null, promptInFlight: promptId });
    try {
      const at = Date.now();
      const item: ConversationItem = { id: `prompt-${promptId}`, at, kind: 'user', text: message, promptId };
      (await this.#conversation(entry)).apply([{ type: 'add', item }]);
    } catch (error) {
      this.#update(entry, { activity: 'failed', problem: toWireError(error).message, promptInFlight: null });
      throw error;
    }
    void this.#run(entry, message, { promptId, approvals });
  }

  /** Absolute path of a task's folder; none for a task without one, or that is not on the list. */
  folderOf(taskId: string): string | null {
    return this.#entries.get(taskId)?.record.workingFolder ?? null;
  }

  /** Where a task's files are. */
  places(taskId: string): TaskPlaces {
    const { workingFolder, reviewsChanges } = this.#find(taskId).record;
    return this.options.store.places(taskId, workingFolder, reviewsChanges);
  }

  /**
   * Does something to a task's files or session while no agent runs for it; its process is ended first, and the
   * conversation is read anew from the session after it. @throws RpcError `TASK_NOT_READY`
   */
  async whileResting<T>(taskId: string, work: (places: TaskPlaces) => Promise<T>): Promise<T> {
    const entry = this.#find(taskId);
    assertResting(entry);
    entry.isTakingBack = true;
    try {
      await entry.opening?.catch(() => undefined);
      await closeProcess(entry, this.options);
      const done = await work(this.places(taskId));
      const items = await readConversation(this.options.store.sessionFile(taskId));
      (await this.#conversation(entry)).apply([{ type: 'replace', items }]);
      await keepItems(this.#files(taskId), items);
      this.artifactsChanged.emit(taskId);
      return done;
    } finally {
      entry.isTakingBack = false;
    }
  }

  /** Stops the run, or gives up a prompt that still waits for the workspace. */
  async stop(taskId: string): Promise<void> {
    const entry = this.#find(taskId);
    const { activity, promptInFlight } = entry.runtime;
    if (promptInFlight === null) return;
    // A guest that knows of no run will tell of no end.
    const isUnderWay = activity !== 'starting' && (await this.options.taskd.abort({ taskId })).aborted;
    if (!isUnderWay) await this.#settle(entry, promptInFlight, { isAborted: true, problem: null });
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
    if (runtime !== entry.runtime) this.#update(entry, runtime);
    if (record) await this.#save(entry, record);
    for (const effect of effects) {
      if (effect.kind === 'artifacts') this.artifactsChanged.emit(entry.record.taskId);
      else if (effect.kind === 'closed') entry.isOpen = false;
      // The run goes on to tell of other things while it waits.
      else if (effect.kind === 'acts') void answerActs(this.options, { taskId: entry.record.taskId, ...effect });
      else await this.#settle(entry, effect.promptId, { ...effect, isTold: true });
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
        await this.#settle(entry, promptInFlight, { isAborted: false, problem: why });
      }
    }
  }

  async #open(entry: TaskEntry): Promise<OpenMode> {
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

  async #openInGuest(entry: TaskEntry): Promise<OpenMode> {
    assertKept(entry);
    const extensions = (await this.options.extensions?.()) ?? noExtensions;
    // Another set of rules needs another agent, which goes on in the same session.
    const begunWith = JSON.stringify(extensions);
    if (entry.extensions !== begunWith) await closeProcess(entry, this.options);
    const { taskId, workingFolder, model } = entry.record;
    const folder = workingFolder === null ? null : await this.#usableFolder(entry, workingFolder);
    await this.options.startVm();
    assertKept(entry);
    const { isAnew } = await this.options.files.serve(
      this.options.store.places(taskId, folder, entry.record.reviewsChanges),
    );
    // What it has open leads nowhere: the folder was away, or is another one.
    if (isAnew && entry.isOpen) await endProcess(entry, this.options);
    const { mode } = await this.options.taskd.create_or_open_task(
      { taskId, model, hasWorkingFolder: folder !== null, piConfig: this.options.piConfig(), extensions },
      { timeoutMs: openDeadlineMs },
    );
    entry.isOpen = true;
    entry.extensions = begunWith;
    // What came meanwhile: a folder is seen by the next process only, a task that was removed has no use for one.
    if (entry.isRemoved || entry.record.workingFolder !== workingFolder) {
      await closeProcess(entry, this.options);
      return this.#openInGuest(entry);
    }
    if (entry.record.model !== model) await this.options.taskd.pi_set_model({ taskId, model: entry.record.model });
    return mode;
  }

  async #usableFolder(entry: TaskEntry, workingFolder: string): Promise<string> {
    try {
      const folder = await this.options.checkFolder(workingFolder);
      if (entry.runtime.folderProblem !== null) this.#update(entry, { folderProblem: null });
      return folder;
    } catch (error) {
      this.#update(entry, { folderProblem: toWireError(error).message });
      throw error;
    }
  }

  async #run(entry: TaskEntry, message: string, start: RunStart): Promise<void> {
    const { taskId } = entry.record;
    const { promptId } = start;
    try {
      await this.open(taskId);
      await this.#save(entry, { updatedAt: Date.now() });
      // The person may have given it up meanwhile.
      if (entry.runtime.promptInFlight !== promptId) return;
      await this.options.files.beginTurn(this.places(taskId), start);
      this.#update(entry, { activity: 'running' });
      const { disposition } = await this.options.taskd.prompt(
        { taskId, message, promptId },
        { timeoutMs: promptDeadlineMs },
      );
      if (disposition === 'handled') await this.#settle(entry, promptId, { isAborted: false, problem: null });
    } catch (error) {
      this.options.log('host', `${taskId}: ${String(error)}`);
      await this.#settle(entry, promptId, { isAborted: false, problem: toWireError(error).message });
    }
  }

  /**
   * A run is over: what it left open is closed, and the conversation is kept. Several may tell of the same end, the
   * guest, its loss and a failed call; the first is heard. Never rejects.
   */
  async #settle(entry: TaskEntry, promptId: string | null, outcome: Outcome): Promise<void> {
    if (entry.runtime.promptInFlight !== promptId || entry.isSettling) return;
    const { isAborted, problem, isTold = false } = outcome;
    entry.isSettling = true;
    await this.options.files.endTurn(entry.record.taskId).catch((error: unknown) => {
      this.options.log('host', `${entry.record.taskId}: couldn't close the turn: ${String(error)}`);
    });
    const conversation = await this.#conversation(entry).catch(() => null);
    if (problem !== null && !isTold) conversation?.notice('error', problem);
    conversation?.apply(closeOpenItems(conversation.items));
    entry.isSettling = false;
    this.#update(entry, { activity: problem === null ? 'idle' : 'failed', problem, promptInFlight: null, dialogs: [] });
    const { taskId } = entry.record;
    try {
      await this.#save(entry, { updatedAt: Date.now() });
      if (conversation) await keepItems(this.#files(taskId), conversation.items);
    } catch (error) {
      // The session is what counts; a disk that is full must not hide that the run is over.
      this.options.log('host', `couldn't save ${taskId}: ${String(error)}`);
    }
    this.artifactsChanged.emit(taskId);
    this.settled.emit({ taskId, promptId, isAborted, problem });
  }

  #files(taskId: string): ConversationFiles {
    const { store } = this.options;
    return { sessionFile: store.sessionFile(taskId), cacheFile: store.conversationFile(taskId) };
  }

  #conversation(entry: TaskEntry): Promise<Conversation> {
    const { taskId } = entry.record;
    entry.conversation ??= loadItems(this.#files(taskId)).then(
      (items) =>
        new Conversation(items, (changes, revision) => this.conversationChanged.emit({ taskId, revision, changes })),
      (error: unknown) => {
        // What is in the way now may be gone at the next try.
        entry.conversation = null;
        throw error;
      },
    );
    return entry.conversation;
  }

  #add(record: TaskRecord): TaskEntry {
    const entry = newEntry(record);
    this.#entries.set(record.taskId, entry);
    return entry;
  }

  #find(taskId: string): TaskEntry {
    const entry = this.#entries.get(taskId);
    if (!entry) throw new RpcError('TASK_NOT_FOUND', 'This task was removed.');
    return entry;
  }

  /** Changes come from several sides at once; each is made on the outcome of the one before. */
  #save(
    entry: TaskEntry,
    change: Partial<TaskRecord>,
    assertMay: (entry: TaskEntry) => void = () => undefined,
  ): Promise<void> {
    const saved = entry.saving.then(async () => {
      if (entry.isRemoved) return;
      assertMay(entry);
      const record = { ...entry.record, ...change };
      await this.options.store.save(record);
      entry.record = record;
      this.#tell(entry);
    });
    entry.saving = saved.catch(() => undefined);
    return saved;
  }

  #update(entry: TaskEntry, change: Partial<TaskRuntime>): void {
    entry.runtime = { ...entry.runtime, ...change };
    this.#tell(entry);
  }

  #tell(entry: TaskEntry): void {
    if (!entry.isRemoved) this.changed.emit(summaryOf(entry));
  }
}
