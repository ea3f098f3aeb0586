import { Info, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { ConversationItem } from '../../../schema/conversation';
import { classes } from '../../ui/classes';
import { AssistantMessage } from './AssistantMessage';
import type { BlockPosition } from './Conversation.logic';
import { MessageTurn } from './MessageTurn';
import { ToolCard } from './ToolCard';
import { UserMessage } from './UserMessage';

export interface ItemRowProps {
  readonly taskId: string;
  readonly item: ConversationItem;
  readonly position: BlockPosition;
}

/** One item of a conversation; drawn again only when the item itself differs. */
export const ItemRow = memo(function ItemRow({ taskId, item, position }: ItemRowProps) {
  switch (item.kind) {
    case 'user':
      return (
        <UserMessage text={item.text}>
          <MessageTurn taskId={taskId} item={item} />
        </UserMessage>
      );
    case 'assistant':
      return <AssistantMessage taskId={taskId} item={item} />;
    case 'tool':
      return <ToolCard taskId={taskId} item={item} position={position} />;
    case 'notice':
      return <Notice level={item.level} text={item.text} />;
  }
});

function Notice({ level, text }: { readonly level: 'info' | 'warning' | 'error'; readonly text: string }) {
  const Icon = level === 'info' ? Info : TriangleAlert;
  const tone = { info: 'text-faint', warning: 'text-warn', error: 'text-danger' }[level];
  return (
    <p className={classes('flex items-start gap-2 py-2 text-base', tone)}>
      <Icon aria-hidden size={14} className="mt-[3px] shrink-0" />
      <span className="min-w-0 whitespace-pre-wrap break-words">
        <span className="sr-only">{{ info: 'Note: ', warning: 'Warning: ', error: 'Error: ' }[level]}</span>
        {text}
      </span>
    </p>
  );
}
