import type { TakeBackConflict } from '../../../schema/file-changes';
import type { TakeBackForm } from '../../store/ui-state';
import { plural } from '../../ui/format';

/** Whether a file can be undone anyway; one without a copy can't. */
export const canBeForced = (reason: TakeBackConflict['reason']): boolean => reason !== 'not-kept';

/** How many changes would be undone with the current choices. */
export function stepsToDo({ stage, choices }: Pick<TakeBackForm, 'stage' | 'choices'>): number {
  if (stage.kind !== 'asking') return 0;
  const left = stage.conflicts.filter(({ changeId }) => choices[changeId] !== 'take-back');
  return Math.max(0, stage.steps - left.length);
}

/** The dialog's title, which shows the stage. */
export function takeBackTitle(form: Pick<TakeBackForm, 'stage' | 'choices' | 'isRedo' | 'movesConversation'>): string {
  const { stage, isRedo } = form;
  const verb = isRedo ? 'Redo' : 'Undo';
  switch (stage.kind) {
    case 'planning':
      return `${verb}…`;
    case 'asking': {
      const steps = stepsToDo(form);
      if (stage.steps > 0) {
        return `${verb} ${plural(steps, 'change')}?`;
      }
      if (isRedo) return 'Redo this message?';
      return form.movesConversation ? 'Undo this message?' : 'Nothing to undo';
    }
    case 'running':
      return isRedo ? 'Redoing…' : 'Undoing…';
    case 'done':
      if (stage.result.isCancelled) return 'Stopped early';
      return isRedo ? 'Changes redone' : 'Changes undone';
    case 'refused':
      return isRedo ? "Couldn't redo" : "Couldn't undo";
  }
}
