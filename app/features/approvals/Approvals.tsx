import { useShallow } from 'zustand/react/shallow';
import { useAppState } from '../state/app-context';
import { ApprovalCard } from './ApprovalCard';

/** The task's open questions about acts, above the message field. */
export function Approvals({ taskId }: { readonly taskId: string }) {
  const approvals = useAppState(
    useShallow((state) => (state.host.snapshot?.approvals ?? []).filter((approval) => approval.taskId === taskId)),
  );
  if (approvals.length === 0) return null;
  return (
    <div className="max-h-[45vh] shrink-0 overflow-y-auto px-6 pt-2 pb-3">
      <div className="mx-auto max-w-[46rem] space-y-2">
        {approvals.map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} />
        ))}
      </div>
    </div>
  );
}
