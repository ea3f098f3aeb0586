import type { OpenDialog, TaskSummary } from '../../../schema/task-summary';
import type { ConversationItem } from '../../../schema/conversation';
import type { RunEnding } from '../../../schema/run-ending';
import type { SentPrompt } from '../../store/ui-state';

/** A tool card's position in a run of cards, which are drawn as one block. */
export type BlockPosition = 'single' | 'first' | 'middle' | 'last';

export type Row =
  | { readonly kind: 'item'; readonly key: string; readonly item: ConversationItem; readonly position: BlockPosition }
  | { readonly kind: 'sent'; readonly key: string; readonly sent: SentPrompt }
  | { readonly kind: 'working'; readonly key: string; readonly label: string }
  | { readonly kind: 'dialog'; readonly key: string; readonly dialog: OpenDialog }
  | {
      readonly kind: 'problem';
      readonly key: string;
      readonly problem: string;
      readonly ending?: RunEnding | undefined;
    };

export interface RowSources {
  readonly items: readonly ConversationItem[];
  readonly sent: SentPrompt | undefined;
  readonly task: Pick<TaskSummary, 'activity' | 'dialogs' | 'problem' | 'ending' | 'openingAhead'>;
  /** While the workspace starts, its own words for that */
  readonly startingLabel: string | null;
  /** An act of the agent waits for the person */
  readonly isHeld?: boolean;
}

/** An assistant's message without words only carries its tool calls, unless it says how it ended. */
const isShown = (item: ConversationItem): boolean =>
  item.kind !== 'assistant' ||
  item.text.trim() !== '' ||
  item.thinking.trim() !== '' ||
  Boolean(item.errorMessage) ||
  item.stopReason === 'aborted';

function positionOf(items: readonly ConversationItem[], index: number): BlockPosition {
  const isTool = (at: number): boolean => items[at]?.kind === 'tool';
  if (!isTool(index)) return 'single';
  if (isTool(index - 1)) return isTool(index + 1) ? 'middle' : 'last';
  return isTool(index + 1) ? 'first' : 'single';
}

const agentStartingLabel = (ahead: number | null): string => {
  if (ahead === null) return 'Starting the agent…';
  return `Waiting for ${ahead === 1 ? '1 task' : `${ahead} tasks`} to start first…`;
};

/** What the agent does while nothing of it is visible: it was asked, and no words or tool have come yet. */
function workingLabel({ items, sent, task, startingLabel, isHeld = false }: RowSources): string | null {
  if (isHeld || task.dialogs.length > 0 || task.activity === 'needs_you') return null;
  if (startingLabel !== null && (sent !== undefined || task.activity === 'starting')) return startingLabel;
  if (task.activity === 'starting') return agentStartingLabel(task.openingAhead);
  if (task.activity !== 'running') return sent === undefined ? null : 'Sending…';
  const last = items.findLast(isShown);
  const isVisiblyBusy =
    (last?.kind === 'assistant' && last.isStreaming) || (last?.kind === 'tool' && last.status === 'running');
  return isVisiblyBusy ? null : 'Thinking…';
}

/** The items without what only repeats the task's problem, which is shown below them with a way to continue. */
function withoutProblem(items: readonly ConversationItem[], { activity, problem }: RowSources['task']) {
  const last = items.at(-1);
  if (activity !== 'failed' || problem === null || last === undefined) return items;
  const others = items.slice(0, -1);
  if (last.kind === 'notice' && last.text === problem) return others;
  if (last.kind !== 'assistant' || last.errorMessage !== problem) return items;
  const said = { ...last, errorMessage: '' };
  return isShown(said) ? [...others, said] : others;
}

/** Everything that is shown in a conversation, from the oldest to the newest. */
export function rowsOf(sources: RowSources): readonly Row[] {
  const shown = withoutProblem(sources.items.filter(isShown), sources.task);
  const rows: Row[] = shown.map((item, index) => ({
    kind: 'item',
    key: item.id,
    item,
    position: positionOf(shown, index),
  }));
  const { sent, task } = sources;
  const hasArrived = sources.items.findLast((item) => item.kind === 'user' && item.promptId === sent?.promptId);
  if (sent && !hasArrived) rows.push({ kind: 'sent', key: `sent ${sent.promptId}`, sent });
  const label = workingLabel(sources);
  if (label !== null) rows.push({ kind: 'working', key: 'working', label });
  for (const dialog of task.dialogs) rows.push({ kind: 'dialog', key: `dialog ${dialog.id}`, dialog });
  if (task.activity === 'failed' && task.problem !== null) {
    rows.push({
      ...{ kind: 'problem', key: 'problem', problem: task.problem },
      ...(task.ending && { ending: task.ending }),
    });
  }
  return rows;
}

const estimates: Record<ConversationItem['kind'], number> = { user: 64, assistant: 140, tool: 38, notice: 36 };

/** A first estimate of a row's height in `px`; rows are measured once they are shown. */
export const estimateHeight = (row: Row | undefined): number => {
  if (row?.kind === 'item') return estimates[row.item.kind];
  return row?.kind === 'dialog' ? 180 : 48;
};
