import {
  Check,
  ChevronRight,
  CircleAlert,
  FileOutput,
  FileText,
  FolderOpen,
  LoaderCircle,
  Pencil,
  Search,
  SquareTerminal,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import { classes } from '../../ui/classes';
import { formatDuration } from '../../ui/format';
import type { BlockPosition } from './Conversation.logic';
import { useExpanded } from '../state/expanded';
import { ToolBody } from './ToolBody';
import { failureLine, toolIcon, toolLine, type ToolIcon, type ToolItem } from './ToolCard.logic';

const icons: Record<ToolIcon, LucideIcon> = {
  read: FileText,
  write: FileOutput,
  edit: Pencil,
  run: SquareTerminal,
  list: FolderOpen,
  search: Search,
  other: Wrench,
};

const frames: Record<BlockPosition, string> = {
  single: 'my-2 rounded-card border-y',
  first: 'mt-2 rounded-t-card border-t',
  middle: 'border-t border-t-line',
  last: 'mb-2 rounded-b-card border-y border-t-line',
};

export interface ToolCardProps {
  readonly taskId: string;
  readonly item: ToolItem;
  readonly position: BlockPosition;
}

/** One thing that the agent did: a plain line that opens to show its input and output. */
export function ToolCard({ taskId, item, position }: ToolCardProps) {
  const [isOpen, toggle] = useExpanded(taskId, item.id, false);
  const line = toolLine(item);
  const Icon = icons[toolIcon(item.toolName)];
  const isRunning = item.status === 'running';
  return (
    <article aria-label={line} className={classes('overflow-hidden border-x border-line bg-raised', frames[position])}>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={toggle}
        className="flex w-full items-center gap-2.5 px-3 py-2 text-left transition-colors -outline-offset-2 hover:bg-hover"
      >
        <Icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0 text-faint" />
        <span className="min-w-0 flex-1 truncate text-base">
          {line}
          {item.status === 'failed' && <span className="text-danger"> — {failureLine(item.output)}</span>}
        </span>
        <Status status={item.status} durationMs={item.durationMs} />
        <ChevronRight
          aria-hidden
          size={14}
          className={classes('shrink-0 text-faint transition-transform', isOpen && 'rotate-90')}
        />
      </button>
      {isOpen && <ToolBody item={item} />}
      {!isOpen && isRunning && item.output !== '' && <LiveOutput text={item.output} />}
    </article>
  );
}

function Status({ status, durationMs }: Pick<ToolItem, 'status' | 'durationMs'>) {
  const words = { pending: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed' }[status];
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-small text-faint tabular-nums">
      {durationMs !== undefined && formatDuration(durationMs)}
      {status === 'done' && <Check aria-hidden size={14} className="text-accent" />}
      {status === 'failed' && <CircleAlert aria-hidden size={14} className="text-danger" />}
      {status === 'running' && <LoaderCircle aria-hidden size={14} className="status-spin text-accent" />}
      {status === 'pending' ? words : <span className="sr-only">{words}</span>}
    </span>
  );
}

/** Reversed, so that the newest line stays visible while the text grows. */
const LiveOutput = ({ text }: { readonly text: string }) => (
  <div className="flex max-h-36 flex-col-reverse overflow-hidden border-t border-line bg-sunken px-3 py-2">
    <pre className="font-mono text-small whitespace-pre-wrap break-all text-soft">{text.slice(-4000)}</pre>
  </div>
);
