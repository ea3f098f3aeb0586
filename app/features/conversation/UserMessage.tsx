import { classes } from '../../ui/classes';

/** What the person wrote; fainter while it is on its way. */
export const UserMessage = ({ text, isOnItsWay = false }: { readonly text: string; readonly isOnItsWay?: boolean }) => (
  <div className={classes('flex justify-end pt-5 pb-3', isOnItsWay && 'opacity-70')}>
    <div className="max-w-[85%] rounded-card rounded-br-small bg-hover px-3.5 py-2.5 text-read break-words whitespace-pre-wrap">
      <span className="sr-only">You: </span>
      {text}
    </div>
  </div>
);
