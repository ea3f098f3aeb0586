/** Questions before an act, grants and the log of answers, in memory. */
import type { AppApi } from '../../../schema/app-api';
import type { Approval, ApprovalAnswer, Grant } from '../../../schema/approvals';
import { RpcError } from '../../../schema/errors';
import type { Handlers } from '../../../schema/rpc';
import type { FakeHost } from './fake-host';

type ApprovalMethod = 'approval.answer' | 'approval.log' | 'grant.revoke';

/** Opens a question, or adds to the count of an open one. */
export function openFakeApproval(host: FakeHost, approval: Approval): void {
  const others = host.snapshot.approvals.filter(({ id }) => id !== approval.id);
  host.snapshot = { ...host.snapshot, approvals: [...others, approval] };
  host.emit({ event: 'approval.changed', taskId: approval.taskId, payload: approval });
}

/** Closes a question because its time is over, or because somebody answered elsewhere. */
export function closeFakeApproval(host: FakeHost, id: string, outcome: 'allowed' | 'denied' | 'expired'): void {
  const approval = host.snapshot.approvals.find((open) => open.id === id);
  if (!approval) throw new RpcError('NOT_FOUND', 'This question is no longer open.');
  host.snapshot = { ...host.snapshot, approvals: host.snapshot.approvals.filter((open) => open.id !== id) };
  host.emit({ event: 'approval.closed', taskId: approval.taskId, payload: { id, outcome } });
}

function grantOf(host: FakeHost, approval: Approval, answer: ApprovalAnswer): Grant | null {
  if (!answer.allow || answer.scope === 'once') return null;
  const isForFolder = answer.scope === 'folder';
  return {
    id: `grant-${approval.id}`,
    kind: approval.kind,
    scope: answer.scope,
    taskId: isForFolder ? null : approval.taskId,
    folder: isForFolder ? host.task(approval.taskId).summary.workingFolder : null,
    grantedAt: host.now(),
  };
}

const setGrants = (host: FakeHost, grants: readonly Grant[]): void => {
  host.snapshot = { ...host.snapshot, grants: [...grants] };
  host.emit({ event: 'grants.changed', payload: { grants: [...grants] } });
};

/** Answers, the log and grants. */
export function approvalHandlers(host: FakeHost): Pick<Handlers<AppApi>, ApprovalMethod> {
  return {
    'approval.answer': ({ id, answer }) => {
      const approval = host.snapshot.approvals.find((open) => open.id === id);
      if (!approval) throw new RpcError('NOT_FOUND', 'This question is no longer open.');
      const { taskId, kind, path, to, program, count } = approval;
      const outcome = answer.allow ? 'allowed' : 'denied';
      host.approvalLog.push({
        ...{ at: host.now(), taskId, kind, path, to, program, count, outcome },
        scope: answer.allow ? answer.scope : null,
      });
      closeFakeApproval(host, id, outcome);
      const grant = grantOf(host, approval, answer);
      if (grant) setGrants(host, [...host.snapshot.grants, grant]);
      return Promise.resolve({});
    },
    'approval.log': ({ taskId }) =>
      Promise.resolve({ entries: host.approvalLog.filter((entry) => entry.taskId === taskId) }),
    'grant.revoke': ({ id }) => {
      setGrants(
        host,
        host.snapshot.grants.filter((grant) => grant.id !== id),
      );
      return Promise.resolve({});
    },
  };
}
