/** Turns: which exist, which can be undone, and which message each belongs to. */
import type { ConversationItem } from '../../../schema/conversation';
import type { TurnSummary } from '../../../schema/file-changes';

export type UserItem = Extract<ConversationItem, { kind: 'user' }>;

/** A message read from the session has no prompt id; pi wrote it within this time after the turn began, in `ms` */
const writtenWithinMs = 60_000;
/** Clocks of the host and the workspace differ by less than this, in `ms` */
const clockSlackMs = 2000;

/** Stands for the list of the whole task, in place of a turn. */
export const allChanges = 'all changes';

/** Whether a turn's files are shown until the person decides: true for the newest run. */
export const isOpenAtFirst = (turns: readonly TurnSummary[], turn: number): boolean =>
  turns.findLast(({ kind }) => kind !== 'take-back')?.turn === turn;

/** Whether a turn applied pending changes: it has changes like a run's, and no message. */
export const isApplied = ({ kind, promptId }: TurnSummary): boolean => kind === 'agent' && promptId === null;

/** How many changes a turn made. */
export const changeCount = ({ counts }: Pick<TurnSummary, 'counts'>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The turn that a message began. */
export function turnOfMessage(turns: readonly TurnSummary[], item: UserItem): TurnSummary | undefined {
  const byPrompt = turns.find(({ promptId }) => promptId !== null && promptId === item.promptId);
  if (byPrompt || item.promptId !== undefined) return byPrompt;
  const before = turns.findLast(
    (turn) => turn.kind === 'agent' && !isApplied(turn) && turn.at <= item.at + clockSlackMs,
  );
  return before && item.at - before.at < writtenWithinMs ? before : undefined;
}

/** The message that began a turn, as long as it is in the conversation. */
export const messageOfTurn = (
  turns: readonly TurnSummary[],
  messages: readonly UserItem[],
  turn: TurnSummary,
): UserItem | undefined => messages.find((item) => turnOfMessage(turns, item)?.turn === turn.turn);

/** What the person wrote in a conversation. */
export const messagesOf = (items: readonly ConversationItem[]): readonly UserItem[] =>
  items.filter((item) => item.kind === 'user');

const stands = ({ state }: TurnSummary): boolean => state !== 'taken-back';

/** The newest run, or applied review, that was not undone: only its undo also moves the conversation back. */
export const lastTurn = (turns: readonly TurnSummary[]): TurnSummary | undefined =>
  turns.findLast((turn) => turn.kind === 'agent' && stands(turn));

/** Whether undoing a turn also moves the conversation back. */
export const movesConversation = (turns: readonly TurnSummary[], turn: TurnSummary): boolean =>
  turn.kind === 'agent' && !isApplied(turn) && lastTurn(turns)?.turn === turn.turn;

/** Whether a turn can be undone at all; the agent may have to finish first. */
export const canTakeBack = (turns: readonly TurnSummary[], turn: TurnSummary): boolean =>
  turn.kind !== 'take-back' &&
  stands(turn) &&
  !turn.isPruned &&
  (changeCount(turn) > 0 || movesConversation(turns, turn));

/** Whether something in a turn was undone and can be redone. */
export const canRedo = ({ kind, state }: TurnSummary): boolean =>
  kind !== 'take-back' && (state === 'taken-back' || state === 'partly-taken-back');

/** The turn that was undone last and can be redone. */
export function lastTakenBack(turns: readonly TurnSummary[]): TurnSummary | undefined {
  const byNumber = new Map(turns.map((turn) => [turn.turn, turn]));
  const rootOf = (turn: TurnSummary): TurnSummary | undefined => {
    let root: TurnSummary | undefined = turn;
    // An undo is newer than what it undoes, so this ends.
    while (root?.kind === 'take-back') root = byNumber.get(Math.min(...root.of));
    return root;
  };
  for (const turn of turns.toReversed()) {
    const root = turn.kind === 'take-back' ? rootOf(turn) : undefined;
    if (root && canRedo(root)) return root;
  }
  return turns.findLast(canRedo);
}
