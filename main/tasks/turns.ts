/** A task's turns for the shells: what they changed, and undoing them together with what was said. */
import type { AppApi } from '../../schema/app-api';
import { RpcError, toWireError } from '../../schema/errors';
import { takeBackDeadlineMs, type TakeBackResult, type TurnState, type TurnSummary } from '../../schema/file-changes';
import type { Client, ParsedParams } from '../../schema/rpc';
import type { FilesApi, TurnOfSession } from '../../schema/files-api';
import { largestPreviewBytes } from '../artifacts/preview';
import { compareSides } from './compare-sides';
import type { TaskService } from './task-service';

/** What was said in such a turn is no longer in the conversation. */
const takenBack: ReadonlySet<TurnState> = new Set(['taken-back', 'partly-taken-back']);

/** A run of the agent; changes applied after a review make a turn without messages. */
const isRun = ({ kind, promptId }: TurnSummary): boolean => kind === 'agent' && promptId !== null;

/** Why a side of a change has no preview */
const noContent = 'Piwork kept no content of this change to show.';

export class Turns {
  constructor(
    private readonly files: Client<FilesApi>,
    private readonly tasks: Pick<TaskService, 'changeFiles'>,
  ) {}

  async list(taskId: string): Promise<TurnSummary[]> {
    const turns = await this.#list(taskId);
    return turns.map(({ leaf: _leaf, ...turn }) => turn);
  }

  async changes(request: ParsedParams<AppApi, 'turn.changes'>) {
    return this.files['turn.changes'](request);
  }

  /** @throws RpcError `NOT_FOUND` */
  async compare({ taskId, turn, changeId }: ParsedParams<AppApi, 'turn.compare'>) {
    const cap = largestPreviewBytes;
    return compareSides((side) => this.files['turn.read']({ taskId, turn, changeId, side, cap }), noContent);
  }

  async plan(request: ParsedParams<AppApi, 'turn.plan'>) {
    return this.files['turn.plan'](request);
  }

  /** @throws RpcError `TASK_NOT_READY` */
  takeBack(request: ParsedParams<AppApi, 'turn.take_back'>): Promise<TakeBackResult> {
    const { taskId, turn, isRedo, changeIds } = request;
    return this.tasks.changeFiles(taskId, isRedo ? 'redo' : 'undo', async () => {
      const turns = await this.#list(taskId);
      const result = await this.files['turn.take_back'](request, { timeoutMs: takeBackDeadlineMs });
      if (changeIds === undefined && !result.isCancelled) await this.#moveConversation(taskId, turns, turn, isRedo);
      return result;
    });
  }

  async cancel(taskId: string): Promise<void> {
    await this.files['turn.cancel']({ taskId });
  }

  /** Only undoing the newest turn removes what was said: later turns build on what came before. */
  async #moveConversation(taskId: string, turns: TurnOfSession[], number: number, isRedo: boolean): Promise<void> {
    const turn = turns.find((one) => one.turn === number);
    if (!turn || !isRun(turn)) return;
    const isNewest = !turns.some((other) => other.turn > number && isRun(other) && !takenBack.has(other.state));
    if (!isRedo && !isNewest) return;
    try {
      await this.files['session.move_leaf']({ taskId, turn: number, ...(isRedo ? {} : { leaf: turn.leaf }) });
    } catch (error) {
      const { code, message } = toWireError(error);
      throw new RpcError(code, `The files are ${isRedo ? 'redone' : 'undone'}, the conversation isn't. ${message}`, {
        cause: error,
      });
    }
  }

  async #list(taskId: string): Promise<TurnOfSession[]> {
    return (await this.files['turn.list']({ taskId })).turns;
  }
}
