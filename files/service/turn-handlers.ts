/** What turns did, and undoing them, for main. */
import { RpcError } from '../../schema/errors';
import type { Handlers } from '../../schema/rpc';
import { runningFirst } from '../acts/running-first';
import { readStart } from '../folder/file-content';
import type { FilesApi } from '../../schema/files-api';
import { leafOf } from '../host-view/session-leaf';
import type { Journal } from '../journal/journal';
import type { Change } from '../journal/take-back/net-changes';
import { takeBack } from '../journal/take-back/take-back';
import { planTakeBack, type TakeBackPlan } from '../journal/take-back/plan';
import { shownChange, shownConflict, shownTurn } from './shown-changes';
import type { OpenTasks } from './open-tasks';
import type { TaskFiles } from './task-files';
import { ownFolder } from './task-folders';

type TurnMethod = Extract<keyof FilesApi['methods'], `turn.${string}`>;

export interface TurnHandlersOptions {
  readonly tasks: OpenTasks;
  readonly onProgress: (progress: { taskId: string; turn: number; done: number; total: number }) => void;
}

const listCap = 5_000;

const isListed = ({ area }: Change): boolean => area === 'folder' || area === 'outputs';

function changesOf(journal: Journal, turn: number | null): readonly Change[] {
  const turns = turn === null ? journal.turns().map((summary) => summary.turn) : [turn];
  return journal.changes(...turns).filter(isListed);
}

function planOf(
  journal: Journal,
  turn: number,
  changeIds: readonly string[] | undefined,
  isRedo: boolean,
): TakeBackPlan {
  return planTakeBack(journal, { turns: [turn], isRedo, ...(changeIds && { only: new Set(changeIds) }) });
}

async function readBefore(journal: Journal, change: Change, cap: number): Promise<Uint8Array | null> {
  const stream = journal.contentBefore(change);
  if (!stream) return null;
  const chunks: Buffer[] = [];
  let held = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    held += chunk.length;
    if (held >= cap) break;
  }
  return Buffer.concat(chunks).subarray(0, cap);
}

function readAfter(files: TaskFiles, change: Change, cap: number): { bytes: Uint8Array; size: number } | null {
  if (change.fileKind !== 'file') return null;
  const file = files.openPresent(change);
  return file && readStart(file, cap);
}

export function turnHandlers({ tasks, onProgress }: TurnHandlersOptions): Pick<Handlers<FilesApi>, TurnMethod> {
  return {
    'turn.begin': async ({ taskId, promptId }) => {
      const leaf = leafOf(ownFolder(tasks.places(taskId), 'session'));
      const { journal } = tasks.files(taskId);
      // A turn whose end wasn't reported has ended by now.
      journal.endTurn();
      return Promise.resolve({ turn: journal.beginTurn({ leaf, promptId }) });
    },
    'turn.end': async ({ taskId }) => {
      const files = tasks.find(taskId);
      files?.journal.endTurn();
      files?.allowedToRun.clear();
      files?.warnOfBuildFiles();
      return Promise.resolve({});
    },
    'turn.list': async ({ taskId }) => {
      const turns = tasks.current(taskId).journal.turns();
      return Promise.resolve({
        turns: turns.map((turn) => ({ ...shownTurn(turn), leaf: turn.leaf })),
      });
    },
    'turn.changes': async ({ taskId, turn }) => {
      const changes = runningFirst(changesOf(tasks.files(taskId).journal, turn));
      return Promise.resolve({
        changes: changes.slice(0, listCap).map(shownChange),
        isTruncated: changes.length > listCap,
      });
    },
    'turn.read': async ({ taskId, turn, changeId, side, cap }) => {
      const files = tasks.files(taskId);
      const change = changesOf(files.journal, turn).find(({ id }) => id === changeId);
      if (!change) throw new RpcError('NOT_FOUND', 'This change is no longer in the list.');
      const path = (side === 'before' ? change.from : change.to)?.join('/') ?? null;
      if (side === 'after') return { path, bytes: null, size: 0, ...readAfter(files, change, cap) };
      // When the content didn't change, the present file has it.
      const isSame = !change.aspects.includes('content') && change.from !== undefined && change.to !== undefined;
      if (isSame) return { path, bytes: null, size: 0, ...readAfter(files, change, cap) };
      return { path, bytes: await readBefore(files.journal, change, cap), size: change.sizeBefore ?? 0 };
    },
    'turn.plan': async ({ taskId, turn, changeIds, isRedo }) => {
      const { steps, conflicts } = planOf(tasks.current(taskId).journal, turn, changeIds, isRedo);
      return Promise.resolve({ steps: steps.length, conflicts: conflicts.map(shownConflict) });
    },
    'turn.take_back': async ({ taskId, turn, changeIds, isRedo, choices }) => {
      const files = tasks.current(taskId);
      const { journal } = files;
      if (files.takingBack) throw new RpcError('TASK_NOT_READY', 'Another turn of this task is being undone.');
      const signal = (files.takingBack = new AbortController()).signal;
      try {
        const { left, ...result } = await takeBack(journal, planOf(journal, turn, changeIds, isRedo), {
          signal,
          onProgress: (done, total) => onProgress({ taskId, turn, done, total }),
          ...(choices && { choices: new Map(Object.entries(choices)) }),
        });
        return { ...result, left: left.map(shownConflict) };
      } finally {
        files.takingBack = null;
      }
    },
    'turn.cancel': async ({ taskId }) => {
      tasks.find(taskId)?.takingBack?.abort();
      return Promise.resolve({});
    },
  };
}
