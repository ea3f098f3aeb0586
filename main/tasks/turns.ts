/** A task's turns for the shells: what they changed, and taking them back with what was said. */
import type { AppApi, Preview } from '../../schema/app-api';
import { takeBackDeadlineMs, type TakeBackResult, type TurnSummary } from '../../schema/file-changes';
import type { Client, ParsedParams } from '../../schema/rpc';
import type { FilesApi, TaskPlaces } from '../../schema/files-api';
import { largestPreviewBytes, previewCapBytes, previewOf } from '../artifacts/preview';
import { leafBeforeTakeBack, moveLeaf } from './session-leaf';
import type { TaskService } from './task-service';

/** What was said in such a turn is gone from the conversation. */
const takenBack: ReadonlySet<TurnSummary['state']> = new Set(['taken-back', 'partly-taken-back']);

/** A run of the agent; what was applied after a review is a turn without words. */
const isRun = ({ kind, promptId }: TurnSummary): boolean => kind === 'agent' && promptId !== null;

interface TurnOfSession extends TurnSummary {
  /** Entry of the session after which it began */
  readonly leaf: string | null;
}

export class Turns {
  constructor(
    private readonly files: Client<FilesApi>,
    private readonly tasks: Pick<TaskService, 'places' | 'changeFiles'>,
    private readonly sessionFile: (taskId: string) => string,
  ) {}

  async list(taskId: string): Promise<TurnSummary[]> {
    const turns = await this.#list(this.tasks.places(taskId));
    return turns.map(({ leaf: _leaf, ...turn }) => turn);
  }

  async changes({ taskId, turn }: ParsedParams<AppApi, 'turn.changes'>) {
    return this.files['turn.changes']({ places: this.tasks.places(taskId), turn });
  }

  /** @throws RpcError `NOT_FOUND` */
  async compare({ taskId, turn, changeId }: ParsedParams<AppApi, 'turn.compare'>) {
    const places = this.tasks.places(taskId);
    const [before, after] = await Promise.all(
      (['before', 'after'] as const).map((side) => this.#preview(places, turn, changeId, side)),
    );
    return { before: before ?? null, after: after ?? null };
  }

  async plan({ taskId, ...request }: ParsedParams<AppApi, 'turn.plan'>) {
    return this.files['turn.plan']({ places: this.tasks.places(taskId), ...request });
  }

  /** @throws RpcError `TASK_NOT_READY` */
  takeBack({ taskId, ...request }: ParsedParams<AppApi, 'turn.take_back'>): Promise<TakeBackResult> {
    return this.tasks.changeFiles(taskId, request.isRedo ? 'redo' : 'undo', async (places) => {
      const { turn, isRedo, changeIds } = request;
      const turns = await this.#list(places);
      const result = await this.files['turn.take_back']({ places, ...request }, { timeoutMs: takeBackDeadlineMs });
      if (changeIds === undefined && !result.isCancelled) await this.#moveConversation(taskId, turns, turn, isRedo);
      return result;
    });
  }

  async cancel(taskId: string): Promise<void> {
    await this.files['turn.cancel']({ taskId });
  }

  /** What was said goes with the newest turn only: later ones build on what stands before them. */
  async #moveConversation(taskId: string, turns: TurnOfSession[], number: number, isRedo: boolean): Promise<void> {
    const file = this.sessionFile(taskId);
    const turn = turns.find((one) => one.turn === number);
    if (!turn || !isRun(turn)) return;
    if (isRedo) {
      const before = await leafBeforeTakeBack(file, number);
      if (before) await moveLeaf(file, before.leaf, number);
      return;
    }
    const isNewest = !turns.some((other) => other.turn > number && isRun(other) && !takenBack.has(other.state));
    if (isNewest) await moveLeaf(file, turn.leaf, number);
  }

  async #list(places: TaskPlaces): Promise<TurnOfSession[]> {
    return (await this.files['turn.list']({ places })).turns;
  }

  async #preview(
    places: TaskPlaces,
    turn: number | null,
    changeId: string,
    side: 'before' | 'after',
  ): Promise<Preview | null> {
    const cap = largestPreviewBytes;
    const { path, bytes, size } = await this.files['turn.read']({ places, turn, changeId, side, cap });
    if (path === null) return null;
    if (bytes === null) return { kind: 'none', reason: 'Piwork kept no content of this change to show.' };
    const own = previewCapBytes(path);
    return previewOf(path, bytes.subarray(0, own), size);
  }
}
