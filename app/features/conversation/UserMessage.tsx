import type { ReactNode } from 'react';
import { classes } from '../../ui/classes';

export interface UserMessageProps {
  readonly text: string;
  readonly isOnItsWay?: boolean;
  /** Actions for the message */
  readonly children?: ReactNode;
}

/** What the person wrote; fainter while it is being sent. */
export const UserMessage = ({ text, isOnItsWay = false, children }: UserMessageProps) => (
  <div className={classes('group flex items-end justify-end gap-1 pt-5 pb-3', isOnItsWay && 'opacity-70')}>
    {children}
    <div className="max-w-[85%] rounded-card rounded-br-small bg-hover px-3.5 py-2.5 text-read break-words whitespace-pre-wrap">
      <span className="sr-only">You: </span>
      {text}
    </div>
  </div>
);
