import { FileClock } from 'lucide-react';
import { useId } from 'react';
import { useApp, useAppState } from '../state/app-context';
import { needsReview } from '../../store/host-state';
import { Button } from '../../ui/Button';
import { lookAtWaiting, startReview } from './review-actions';
import { wantsInWords } from './Review.logic';

/** The agent's pending changes, above the message field, once the agent is idle. */
export function ReviewCard({ taskId }: { readonly taskId: string }) {
  const app = useApp();
  const titleId = useId();
  const isShown = useAppState((state) => needsReview(state.host, taskId));
  const counts = useAppState((state) => state.host.reviews[taskId]?.counts);
  if (!isShown || !counts) return null;
  return (
    <div className="shrink-0 px-6 pt-2 pb-3">
      <section
        aria-labelledby={titleId}
        className="mx-auto max-w-[46rem] rounded-card border border-warn-solid/60 bg-raised px-4 py-3 shadow-float"
      >
        <h2 id={titleId} className="flex items-start gap-2 text-base leading-snug font-medium tabular-nums">
          <FileClock aria-hidden size={16} className="mt-px shrink-0 text-warn" />
          {wantsInWords(counts)}
        </h2>
        <p className="mt-0.5 pl-6 text-small text-soft">The folder stays unchanged until you apply this.</p>
        <div className="mt-2.5 flex flex-wrap items-center gap-2 pl-6">
          <Button kind="solid" onClick={() => void startReview(app, { taskId, verb: 'apply' })}>
            Apply all
          </Button>
          <Button onClick={() => lookAtWaiting(app)}>Review</Button>
          <Button kind="danger" onClick={() => void startReview(app, { taskId, verb: 'discard' })}>
            Discard all
          </Button>
        </div>
      </section>
    </div>
  );
}
