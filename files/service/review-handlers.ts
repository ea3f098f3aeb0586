/** What waits in tasks' overlays, for main. */
import { RpcError } from '../../schema/errors';
import type { Handlers } from '../../schema/rpc';
import type { FilesApi } from '../../schema/files-api';
import { readStart } from '../folder/file-content';
import type { OpenFile } from '../folder/folder-files';
import { countOverlay, shownOverlayChange, type OverlayChange } from '../overlay/overlay-changes';
import type { Overlay } from '../overlay/overlay';
import type { OpenTasks } from './open-tasks';
import type { TaskFiles } from './task-files';

type ReviewMethod = Extract<keyof FilesApi['methods'], `review.${string}`>;

const listCap = 5_000;

function overlayOf(files: TaskFiles): Overlay {
  if (!files.overlay)
    throw new RpcError('INVALID_REQUEST', "This task doesn't review changes: they are applied at once.");
  return files.overlay;
}

const chosenOf = (overlay: Overlay, changeIds: readonly string[] | undefined): ReadonlySet<string> =>
  new Set(changeIds ?? overlay.changes().map(({ id }) => id));

function find(overlay: Overlay, changeId: string): OverlayChange {
  const change = overlay.changes().find(({ id }) => id === changeId);
  if (change) return change;
  throw new RpcError('NOT_FOUND', 'This change is no longer in the list.');
}

export interface ReviewHandlersOptions {
  readonly tasks: OpenTasks;
  readonly onProgress: (progress: { taskId: string; turn: number; done: number; total: number }) => void;
}

export function reviewHandlers({ tasks, onProgress }: ReviewHandlersOptions): Pick<Handlers<FilesApi>, ReviewMethod> {
  return {
    'review.changes': async ({ taskId }) => {
      const changes = overlayOf(tasks.files(taskId)).changes();
      return Promise.resolve({
        changes: changes.slice(0, listCap).map(shownOverlayChange),
        counts: countOverlay(changes),
        isTruncated: changes.length > listCap,
      });
    },
    'review.read': async ({ taskId, changeId, side, cap }) => {
      const files = tasks.files(taskId);
      const overlay = overlayOf(files);
      const change = find(overlay, changeId);
      const names = side === 'before' ? change.from : change.to;
      if (names === null || change.fileKind !== 'file') return Promise.resolve({ path: null, bytes: null, size: 0 });
      const open = (): OpenFile | null =>
        (side === 'after' ? overlay.openNew(change) : null) ??
        (change.from && files.journal.area('folder').files.openFile(change.from, { isWritable: false }));
      const file = open();
      return { path: names.join('/'), ...(file ? readStart(file, cap) : { bytes: null, size: 0 }) };
    },
    'review.apply': async ({ taskId, changeIds }) => {
      const files = tasks.current(taskId);
      const overlay = overlayOf(files);
      const chosen = chosenOf(overlay, changeIds);
      if (chosen.size === 0) return { turn: null, done: 0, left: [] };
      files.journal.endTurn();
      const turn = files.journal.beginTurn({ leaf: null, promptId: null });
      try {
        const { done, left } = await overlay.apply(chosen, (step, total) =>
          onProgress({ taskId, turn, done: step, total }),
        );
        return {
          turn,
          done,
          left: left.map(({ change, reason }) => ({
            changeId: change.id,
            path: (change.to ?? change.from ?? []).join('/'),
            reason,
          })),
        };
      } finally {
        files.journal.endTurn();
        // An apply that failed half way is undone: the waiting changes are then as before.
        if (overlay.isApplying) await files.takeBackApply();
      }
    },
    'review.discard': async ({ taskId, changeIds }) => {
      const overlay = overlayOf(tasks.current(taskId));
      return { done: await overlay.discard(chosenOf(overlay, changeIds)) };
    },
  };
}
