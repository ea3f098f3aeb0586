/** What waits for the person in tasks that review changes, for the shells. */
import type { AppApi } from '../../schema/app-api';
import { RpcError } from '../../schema/errors';
import { takeBackDeadlineMs } from '../../schema/file-changes';
import type { Client, ParsedParams } from '../../schema/rpc';
import type { FilesApi } from '../../schema/files-api';
import { largestPreviewBytes } from '../artifacts/preview';
import { compareSides } from './compare-sides';
import type { TaskService } from './task-service';

/** Why a side of a change has no preview */
const noContent = "This file can't be shown.";

export class Reviews {
  constructor(
    private readonly files: Client<FilesApi>,
    private readonly tasks: Pick<TaskService, 'places' | 'changeFiles' | 'setReviewing'>,
  ) {}

  /** @throws RpcError `TASK_NOT_READY` while the agent works, or while changes wait */
  async setReviewing({ taskId, reviewsChanges }: ParsedParams<AppApi, 'task.set_reviewing'>): Promise<void> {
    if (this.tasks.places(taskId).overlay !== null && !reviewsChanges) {
      const { changes } = await this.files['review.changes']({ taskId });
      if (changes.length > 0)
        throw new RpcError('TASK_NOT_READY', 'There are changes to review. Apply or discard them first.');
    }
    await this.tasks.setReviewing(taskId, reviewsChanges);
  }

  async changes(taskId: string) {
    return this.files['review.changes']({ taskId });
  }

  /** @throws RpcError `NOT_FOUND` */
  async compare({ taskId, changeId }: ParsedParams<AppApi, 'review.compare'>) {
    const cap = largestPreviewBytes;
    return compareSides((side) => this.files['review.read']({ taskId, changeId, side, cap }), noContent);
  }

  /** @throws RpcError `TASK_NOT_READY` */
  apply(request: ParsedParams<AppApi, 'review.apply'>) {
    return this.tasks.changeFiles(request.taskId, 'apply', () =>
      this.files['review.apply'](request, { timeoutMs: takeBackDeadlineMs }),
    );
  }

  /** @throws RpcError `TASK_NOT_READY` */
  discard(request: ParsedParams<AppApi, 'review.discard'>) {
    return this.tasks.changeFiles(request.taskId, 'discard', () => this.files['review.discard'](request));
  }
}
