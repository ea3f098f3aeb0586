/** One run after another: from an accepted prompt to the end that people see. */
import type { ConversationItem } from '../../schema/conversation';
import { RpcError, toWireError } from '../../schema/errors';
import { keepItems } from './conversation';
import { closeOpenItems } from './fold-output';
import type { TaskContext } from './task-context';
import { endingOf, type Outcome, type RunRequest, type RunStart } from './task-ports';
import { promptInFlight } from './task-state';

export class TaskRun {
  /** The files' turn that is being begun; a run that ends waits for it */
  #beginning: Promise<void> = Promise.resolve();
  #closing: Promise<void> = Promise.resolve();

  constructor(private readonly task: TaskContext) {}

  /** Resolves when no run is being closed. */
  get closed(): Promise<void> {
    return this.#closing;
  }

  /** Resolves when the prompt is in the conversation; the run continues by itself. Rejects when it can't be added. */
  async begin(run: RunRequest): Promise<void> {
    const { promptId, message } = run;
    try {
      const at = Date.now();
      const item: ConversationItem = { id: `prompt-${promptId}`, at, kind: 'user', text: message, promptId };
      (await this.task.conversation()).apply([{ type: 'add', item }]);
    } catch (error) {
      await this.task.apply({ kind: 'prompt-failed', promptId, problem: toWireError(error).message });
      throw error;
    }
    void this.#run(run);
  }

  async abort(promptId: string): Promise<void> {
    const { aborted } = await this.task.options.taskd.abort({ taskId: this.task.taskId });
    // A guest that doesn't know the run won't report its end.
    if (!aborted) await this.#end(promptId, { isAborted: true, problem: null });
  }

  /** Ends the files' turn, and closes what the run left open in the conversation. Never rejects. */
  close(promptId: string | null, outcome: Outcome): Promise<void> {
    this.#closing = this.#close(promptId, outcome);
    return this.#closing;
  }

  /** Stores the conversation and reports the end. Never rejects. */
  async announceEnd(promptId: string | null, outcome: Outcome): Promise<void> {
    const { isAborted, problem } = outcome;
    const { task } = this;
    const { taskId, news } = task;
    try {
      await task.save({ updatedAt: Date.now() });
      const conversation = await task.conversation().catch(() => null);
      if (conversation) await keepItems(task.conversationFiles, conversation.items);
    } catch (error) {
      // The session is what counts; a full disk must not hide that the run is over.
      this.#log(`couldn't save ${taskId}: ${String(error)}`);
    }
    news.artifactsChanged.emit(taskId);
    news.settled.emit({ taskId, promptId, ending: endingOf(outcome), isAborted, problem });
  }

  async #run({ message, ...start }: RunRequest): Promise<void> {
    const { task } = this;
    const { promptId } = start;
    try {
      await task.open();
      await task.save({ updatedAt: Date.now() });
      // The person may have stopped it in the meantime.
      if (this.#isOver(promptId)) return;
      await this.#beginTurn(start);
      // In the same step as the prompt: a stop between the two would find no run in the guest.
      void task.apply({ kind: 'turn-begun', promptId });
      if (this.#isOver(promptId)) return;
      if (task.state.kind !== 'running') {
        throw new RpcError('DISCONNECTED', 'The workspace stopped before the run began. Send the prompt again.');
      }
      const request = { taskId: task.taskId, message, promptId };
      const { disposition } = await task.options.taskd.prompt(request);
      if (disposition === 'handled') await this.#end(promptId, { isAborted: false, problem: null });
    } catch (error) {
      this.#log(`${task.taskId}: ${String(error)}`);
      await this.#end(promptId, { isAborted: false, problem: toWireError(error).message });
    }
  }

  #isOver(promptId: string): boolean {
    const { state } = this.task;
    return promptInFlight(state) !== promptId || state.kind === 'settling';
  }

  #beginTurn(start: RunStart): Promise<void> {
    const begun = this.task.options.files.beginTurn(this.task.taskId, start);
    this.#beginning = begun.catch(() => undefined);
    return begun;
  }

  async #close(promptId: string | null, { problem, isTold = false }: Outcome): Promise<void> {
    const { task } = this;
    await this.#beginning;
    await task.options.files.endTurn(task.taskId).catch((error: unknown) => {
      this.#log(`${task.taskId}: couldn't close the turn: ${String(error)}`);
    });
    const conversation = await task.conversation().catch(() => null);
    if (problem !== null && !isTold) conversation?.notice('error', problem);
    conversation?.apply(closeOpenItems(conversation.items));
    await task.apply({ kind: 'run-closed', promptId });
  }

  #end(promptId: string, outcome: Outcome): Promise<void> {
    return this.task.apply({ kind: 'run-ended', promptId, outcome });
  }

  #log(line: string): void {
    this.task.options.log('host', line);
  }
}
