/** `review`, `apply` and `discard`: what waits in a task that reviews changes. */
import type { AppApi } from '../../../schema/app-api';
import { RpcError } from '../../../schema/errors';
import { takeBackDeadlineMs, type FileChange } from '../../../schema/file-changes';
import { changesOf } from './changes-of';
import type { Connection } from '../../../schema/rpc-client';
import type { Terminal } from './terminal';
import { describeChange, describeCounts, findTask, reasonWords } from './turn-command';

export interface ReviewRequest {
  readonly kind: 'review' | 'apply' | 'discard';
  /** When absent, the task that was used last */
  readonly taskId: string | null;
  /** Only these files; all when empty */
  readonly paths: readonly string[];
  readonly isJson: boolean;
}

/** Ids of the changes of some files; nothing for all. @throws RpcError `NOT_FOUND` */
function idsOf(changes: readonly FileChange[], paths: readonly string[]): string[] | undefined {
  if (paths.length === 0) return undefined;
  return paths.map((path) => {
    const [change] = changesOf(changes, path);
    if (!change) throw new RpcError('NOT_FOUND', `${path} isn't among the changes to review.`);
    return change.id;
  });
}

/** Returns the exit code: 0 when everything was done, 2 when something is still waiting. */
export async function reviewCommand(
  connection: Connection<AppApi>,
  { kind, taskId: named, paths, isJson }: ReviewRequest,
  terminal: Terminal,
): Promise<number> {
  const { client } = connection;
  const taskId = await findTask(connection, named);
  const { changes, counts, isTruncated } = await client['review.changes']({ taskId });
  if (kind === 'review') {
    if (isJson) terminal.json({ taskId, changes, counts, isTruncated });
    else terminal.lines(describeCounts(counts), ...changes.map(describeChange));
    return 0;
  }
  const changeIds = idsOf(changes, paths);
  const some = changeIds === undefined ? {} : { changeIds };
  if (kind === 'discard') {
    const { done } = await client['review.discard']({ taskId, ...some });
    if (isJson) terminal.json({ taskId, done });
    else terminal.lines(`Discarded: ${done} ${done === 1 ? 'change' : 'changes'}.`);
    return 0;
  }
  const { turn, done, left } = await client['review.apply']({ taskId, ...some }, { timeoutMs: takeBackDeadlineMs });
  if (isJson) terminal.json({ taskId, turn, done, left });
  else {
    terminal.lines(`Applied: ${done} ${done === 1 ? 'change' : 'changes'}.`);
    for (const { path, reason } of left) terminal.lines(`  ${path} ${reasonWords[reason]}`);
    if (turn !== null) terminal.note(`· to undo: npm start -- undo --turn ${turn}`);
  }
  return left.length === 0 ? 0 : 2;
}
