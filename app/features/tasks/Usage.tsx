import type { TaskSummary } from '../../../schema/task-summary';
import { formatCost, formatTokens } from '../../ui/format';
import { Tooltip } from '../../ui/Tooltip';

/** What the task has used so far, small; the details on hover and focus. */
export function Usage({ usage }: { readonly usage: TaskSummary['usage'] }) {
  const total = usage.input + usage.output + usage.cacheRead + usage.cacheWrite;
  if (total === 0) return null;
  const parts = [
    `${formatTokens(usage.input)} in`,
    `${formatTokens(usage.output)} out`,
    `${formatTokens(usage.cacheRead)} read from cache`,
    `${formatTokens(usage.cacheWrite)} written to cache`,
  ];
  return (
    <Tooltip text={`Tokens: ${parts.join(', ')}`}>
      <button
        type="button"
        className="rounded-small px-1.5 text-small whitespace-nowrap text-faint tabular-nums max-wide:hidden"
      >
        <span className="sr-only">Used </span>
        {formatTokens(total)}
        <span className="sr-only"> tokens</span> · {formatCost(usage.cost)}
      </button>
    </Tooltip>
  );
}
