import type { Approval, Grant } from '../../../schema/approvals';
import { fakeHome } from './folders';

/** A question with sensible defaults, asked at `now`. */
export const fakeApproval = (taskId: string, now: number, change: Partial<Approval> = {}): Approval => ({
  id: `approval-${taskId}`,
  taskId,
  kind: 'delete',
  path: 'Reports/a.txt',
  to: null,
  sentence: null,
  sizeBytes: 12_000,
  fileKind: 'file',
  program: 'rm -rf Reports',
  count: 42,
  openedAt: now,
  expiresAt: now + 120_000,
  ...change,
});

/** One grant of each scope. */
export const fakeGrants = (now: number): Grant[] => [
  {
    id: 'grant-1',
    kind: 'delete',
    scope: 'folder',
    taskId: null,
    folder: `${fakeHome}/Documents/Invoices 2025`,
    grantedAt: now - 9 * 24 * 3_600_000,
  },
  { id: 'grant-2', kind: 'rename', scope: 'task', taskId: 'photos', folder: null, grantedAt: now - 60_000 },
];
