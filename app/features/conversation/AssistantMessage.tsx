import { ChevronRight } from 'lucide-react';
import type { ConversationItem } from '../../../schema/conversation';
import { classes } from '../../ui/classes';
import { Markdown } from '../../ui/Markdown';
import { useExpanded } from '../state/expanded';

type AssistantItem = Extract<ConversationItem, { kind: 'assistant' }>;

/** What the agent said, with its thinking folded above. */
export function AssistantMessage({ taskId, item }: { readonly taskId: string; readonly item: AssistantItem }) {
  const isThinking = item.isStreaming && item.text === '';
  return (
    <div className="py-2.5">
      {item.thinking.trim() !== '' && (
        <Thinking taskId={taskId} itemId={item.id} text={item.thinking} isGrowing={isThinking} />
      )}
      {item.text !== '' && <Markdown text={item.text} isGrowing={item.isStreaming} />}
      {item.stopReason === 'aborted' && <p className="mt-2 text-small text-faint">Stopped.</p>}
      {item.stopReason !== 'aborted' && Boolean(item.errorMessage) && (
        <p
          role="note"
          className="mt-2 rounded-card border border-danger/30 bg-danger-soft px-3 py-2 text-base text-danger"
        >
          {item.errorMessage}
        </p>
      )}
    </div>
  );
}

interface ThinkingProps {
  readonly taskId: string;
  readonly itemId: string;
  readonly text: string;
  readonly isGrowing: boolean;
}

function Thinking({ taskId, itemId, text, isGrowing }: ThinkingProps) {
  const [isOpen, toggle] = useExpanded(taskId, `${itemId} thinking`, false);
  return (
    <div className="mb-1.5">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={toggle}
        className="-ml-1 flex items-center gap-1 rounded-small px-1 py-0.5 text-base text-faint transition-colors hover:text-ink"
      >
        <ChevronRight aria-hidden size={14} className={classes('transition-transform', isOpen && 'rotate-90')} />
        <span className={classes(isGrowing && 'status-breathe')}>{isGrowing ? 'Thinking…' : 'Thought process'}</span>
      </button>
      {isOpen && (
        <p className="mt-1 ml-[5px] border-l-2 border-line pl-3.5 text-base leading-relaxed break-words whitespace-pre-wrap text-soft">
          {text.trim()}
        </p>
      )}
    </div>
  );
}
