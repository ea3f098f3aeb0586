import { useState } from 'react';
import { useAppState } from '../state/app-context';
import { wholeTask } from '../../store/turns-state';
import { Button } from '../../ui/Button';
import { plural } from '../../ui/format';
import { shownAtFirst, shownMore } from './ChangeList';
import { ChangeRow } from './ChangeRow';

/** The changes of the whole task: its turns as one. */
export function AllChanges({ taskId }: { readonly taskId: string }) {
  const state = useAppState(({ host }) => host.turns[taskId]?.changes[wholeTask]);
  const [limit, setLimit] = useState(shownAtFirst);
  if (!state) return <p className="appear-late px-2.5 py-1 text-small text-faint">Loading…</p>;
  const { changes, isTruncated } = state;
  const rest = changes.length - limit;
  return (
    <>
      {changes.length === 0 && (
        <p className="px-2.5 py-1 text-small text-faint">The folder is the same as before the task.</p>
      )}
      <ul aria-label="All changes in this task" className="mt-1">
        {changes.slice(0, limit).map((change) => (
          <ChangeRow key={change.id} turn={wholeTask} change={change} />
        ))}
      </ul>
      {rest > 0 && (
        <Button kind="ghost" className="mt-1 h-7 text-small" onClick={() => setLimit(limit + shownMore)}>
          Show {plural(Math.min(shownMore, rest), 'more', 'more')}
        </Button>
      )}
      {isTruncated && rest <= 0 && (
        <p className="px-2.5 py-1 text-small text-faint">Showing the first {changes.length.toLocaleString('en')}.</p>
      )}
    </>
  );
}
