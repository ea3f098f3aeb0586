import { useApp, useAppState } from '../state/app-context';
import { Button } from '../../ui/Button';
import { formatDay } from '../../ui/format';
import { revokeGrant } from '../approvals/approval-actions';
import { grantWords } from './grant-words';

/** What the agent may do without a question, with a button to remove each grant. */
export function GrantList() {
  const app = useApp();
  const grants = useAppState((state) => state.host.snapshot?.grants) ?? [];
  const home = useAppState((state) => state.host.snapshot?.app.home ?? '');
  const tasks = useAppState((state) => state.host.tasks);
  return (
    <section aria-labelledby="grants" className="py-5">
      <h3 id="grants" className="text-base font-medium">
        Allowed without asking
      </h3>
      {grants.length === 0 ? (
        <p className="mt-0.5 text-small text-soft">
          Nothing yet. Permissions you allow for longer than once appear here.
        </p>
      ) : (
        <ul className="mt-2 divide-y divide-line overflow-hidden rounded-card border border-line">
          {grants.map((grant) => {
            const words = grantWords(grant, { home, titleOf: (taskId) => tasks[taskId]?.title });
            return (
              <li key={grant.id} aria-label={words} className="flex items-center gap-3 px-3.5 py-2.5">
                <span className="min-w-0 flex-1">
                  <span className="block text-base [overflow-wrap:anywhere]">{words}</span>
                  <span className="block text-small text-faint">Since {formatDay(grant.grantedAt)}</span>
                </span>
                <Button onClick={() => void revokeGrant(app, grant.id)}>Remove</Button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
