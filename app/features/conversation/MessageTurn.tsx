import { useAppState } from '../state/app-context';
import { TakeBackButton } from '../changes/TakeBackButton';
import { turnState } from '../changes/change-words';
import { turnOfMessage, type UserItem } from '../changes/turns';

/** Beside a message: the state of its turn, and Undo on hover or focus. */
export function MessageTurn({ taskId, item }: { readonly taskId: string; readonly item: UserItem }) {
  const turn = useAppState((state) => turnOfMessage(state.host.turns[taskId]?.turns ?? [], item));
  if (!turn) return null;
  const state = turn.state === 'open' ? '' : turnState(turn);
  return (
    <>
      {state !== '' && <span className="shrink-0 pb-1.5 text-small text-faint">{state}</span>}
      <TakeBackButton
        taskId={taskId}
        turn={turn}
        className="mb-1 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 [@media(hover:none)]:opacity-100"
      />
    </>
  );
}
