/** One task in the host's memory: takes its steps one by one, and performs their effects. */
import { isDeepStrictEqual } from 'node:util';
import type { TaskSummary } from '../../schema/task-summary';
import type { TaskPlaces } from '../../schema/files-api';
import type { OpenMode } from '../../schema/taskd-api';
import { answerActs } from './answer-acts';
import { changeFiles } from './change-files';
import { Conversation, loadItems, type ConversationFiles } from './conversation';
import { KeptRecord } from './kept-record';
import { openProcess } from './open-process';
import { reduceTaskdEvent, type EventOrigin, type TaskdEvent } from './reduce-event';
import type { TaskContext } from './task-context';
import type { TaskEffect, TaskInput } from './task-inputs';
import { step } from './task-machine';
import type { TaskNews } from './task-news';
import type { RunRequest, TaskServiceOptions } from './task-ports';
import { assertResting } from './task-refusals';
import type { Openings } from './room';
import { TaskRun } from './task-run';
import { processNumber, restingTask, type FilesChange, type TaskState } from './task-state';
import type { TaskRecord } from './task-store';
import { shown, summaryOf } from './task-summary';

export class Task implements TaskContext {
  readonly taskId: string;
  readonly runs = new TaskRun(this);
  readonly kept: KeptRecord;
  #state: TaskState = restingTask;
  #folderProblem: string | null = null;
  /** How many tasks open before this one, while it waits */
  #openingAhead: number | null = null;
  /** Id of the last prompt, which the agent's output belongs to */
  #run = `since-${Date.now()}`;
  #lastProcess = 0;
  #opening: Promise<OpenMode> | null = null;
  #changing: Promise<unknown> = Promise.resolve();
  #conversation: Promise<Conversation> | null = null;
  #events: Promise<void> = Promise.resolve();

  constructor(
    record: TaskRecord,
    readonly options: TaskServiceOptions,
    readonly news: TaskNews,
    readonly openings: Openings,
  ) {
    this.taskId = record.taskId;
    this.kept = new KeptRecord(record, {
      store: options.store,
      isRemoved: () => this.isRemoved,
      onChanged: (before) => {
        const { workingFolder, reviewsChanges } = this.record;
        const isElsewhere = before.workingFolder !== workingFolder || before.reviewsChanges !== reviewsChanges;
        if (isElsewhere) options.files.open(this.places);
        this.report();
      },
    });
    options.files.open(this.places);
  }

  get state(): TaskState {
    return this.#state;
  }

  get isRemoved(): boolean {
    return this.#state.kind === 'removed';
  }

  get record(): TaskRecord {
    return this.kept.current;
  }

  get summary(): TaskSummary {
    return summaryOf(this.record, this.#state, {
      folderProblem: this.#folderProblem,
      openingAhead: this.#openingAhead,
    });
  }

  get places(): TaskPlaces {
    const { workingFolder, reviewsChanges } = this.record;
    return this.options.store.places(this.taskId, workingFolder, reviewsChanges);
  }

  get conversationFiles(): ConversationFiles {
    const { store, files } = this.options;
    return { session: files.session(this.taskId), cacheFile: store.conversationFile(this.taskId) };
  }

  async apply(input: TaskInput): Promise<void> {
    const [next, ...effects] = step(this.#state, input);
    const isSeen = !isDeepStrictEqual(shown(this.#state), shown(next));
    this.#state = next;
    if (isSeen) this.report();
    for (const effect of effects) await this.#perform(effect);
  }

  open(): Promise<OpenMode> {
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    return this.#opening;
  }

  /** @throws RpcError `TASK_NOT_READY` */
  prompt(run: RunRequest): Promise<void> {
    assertResting(this.#state);
    this.#run = run.promptId;
    return this.apply({ kind: 'prompt', run });
  }

  /** @throws RpcError `TASK_NOT_READY` */
  changeFiles<T>(change: FilesChange, work: () => Promise<T>): Promise<T> {
    assertResting(this.#state);
    const changed = changeFiles(this, { change, opened: this.#opening, work });
    this.#changing = changed.catch(() => undefined);
    return changed;
  }

  save(change: Partial<TaskRecord>): Promise<void> {
    return this.kept.save(change);
  }

  conversation(): Promise<Conversation> {
    const { taskId, news } = this;
    this.#conversation ??= loadItems(this.conversationFiles).then(
      (items) =>
        new Conversation(items, (changes, revision) => news.conversationChanged.emit({ taskId, revision, changes })),
      (error: unknown) => {
        // What prevents reading may be gone at the next try.
        this.#conversation = null;
        throw error;
      },
    );
    return this.#conversation;
  }

  /** Handles one event, after earlier ones. */
  takeEvent(event: TaskdEvent): Promise<void> {
    const origin = { run: this.#run, process: processNumber(this.#state) };
    return this.#inOrder(() => this.#take(event, origin));
  }

  /** The guest is gone, and its process with it. */
  vmGone(why: string): Promise<void> {
    const process = processNumber(this.#state);
    return this.#inOrder(() => this.apply({ kind: 'vm-gone', process, why }));
  }

  reportFolder(problem: string | null): void {
    if (this.#folderProblem === problem) return;
    this.#folderProblem = problem;
    this.report();
  }

  reportPlace(openingAhead: number | null): void {
    if (this.#openingAhead === openingAhead) return;
    this.#openingAhead = openingAhead;
    this.report();
  }

  report(): void {
    if (!this.isRemoved) this.news.changed.emit(this.summary);
  }

  async #open(): Promise<OpenMode> {
    if (this.#state.kind === 'clearing' || this.#state.kind === 'changing') await this.#changing;
    const nextNumber = (): number => ++this.#lastProcess;
    await this.apply({ kind: 'open', next: nextNumber() });
    try {
      const mode = await openProcess(this, nextNumber);
      if (mode === 'recovered') (await this.conversation()).notice('info', 'The agent was restarted.');
      return mode;
    } catch (error) {
      const process = processNumber(this.#state);
      if (process !== null) await this.apply({ kind: 'open-failed', process });
      throw error;
    }
  }

  async #take(event: TaskdEvent, origin: EventOrigin): Promise<void> {
    const conversation = await this.conversation();
    const { changes, record, input, effects } = reduceTaskdEvent(conversation.items, origin, event);
    conversation.apply(changes);
    if (record) await this.save(record);
    if (input) await this.apply(input);
    for (const effect of effects) {
      if (effect.kind === 'artifacts') this.news.artifactsChanged.emit(this.taskId);
      // The run must be able to report other things while it waits.
      else void answerActs(this.options, { taskId: this.taskId, ...effect });
    }
  }

  #perform(effect: TaskEffect): Promise<unknown> {
    const { runs, taskId, options } = this;
    switch (effect.kind) {
      case 'begin-run':
        return runs.begin(effect.run);
      case 'abort':
        return runs.abort(effect.promptId);
      case 'close-run':
        return runs.close(effect.promptId, effect.outcome);
      case 'announce-end':
        return runs.announceEnd(effect.promptId, effect.outcome);
      case 'stop-process':
        return options.taskd.stop_task({ taskId });
      case 'withdraw':
        return options.files.withdraw(taskId);
    }
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.#events.then(work);
    this.#events = done.catch(() => undefined);
    return done;
  }
}
