import { Redo2, Undo2 } from 'lucide-react';
import type { TurnSummary } from '../../../schema/file-changes';
import { useApp, useAppState } from '../state/app-context';
import { classes } from '../../ui/classes';
import { IconButton } from '../../ui/IconButton';
import { isBusy } from '../../store/task-summaries';
import { askTakeBack, busyReason } from './take-back-actions';
import { canRedo, canTakeBack } from './turns';

export interface TakeBackButtonProps {
  readonly taskId: string;
  readonly turn: TurnSummary;
  readonly className?: string;
}

/** Undoes and redoes a turn. While the agent works, it says why it can't. */
export function TakeBackButton({ taskId, turn, className }: TakeBackButtonProps) {
  const app = useApp();
  const canGoBack = useAppState((state) => canTakeBack(state.host.turns[taskId]?.turns ?? [], turn));
  const isWaiting = useAppState((state) => {
    const task = state.host.tasks[taskId];
    return task !== undefined && isBusy(task);
  });
  const ask = (isRedo: boolean) => (): void => void askTakeBack(app, { taskId, turn: turn.turn, isRedo });
  const shared = {
    className: classes('size-6', isWaiting && '[&_svg]:opacity-45', className),
    'aria-disabled': isWaiting,
    ...(isWaiting ? { hint: busyReason } : {}),
  };
  return (
    <span className="flex shrink-0">
      {canRedo(turn) && <IconButton icon={Redo2} label="Redo" {...shared} onClick={ask(true)} />}
      {canGoBack && <IconButton icon={Undo2} label="Undo" {...shared} onClick={ask(false)} />}
    </span>
  );
}
