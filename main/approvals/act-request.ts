/** What the file server's worker asks before it does what cannot simply be taken as wanted, and what it is answered. */
import type { ApprovalKind, ApprovalLogEntry } from '../../schema/approvals';

/** How an operation was decided */
export type ApprovalOutcome = ApprovalLogEntry['outcome'];

/** One held operation on something that the person had before the task. */
export interface ActRequest {
  readonly taskId: string;
  readonly kind: ApprovalKind;
  /** Names below the folder, joined by `/` */
  readonly path: string;
  /** Where a rename leads */
  readonly to: string | null;
  readonly sizeBytes: number | null;
  readonly fileKind: 'file' | 'directory' | 'symlink' | 'other';
  /** In the guest; 0 when it is the kernel's own write-back */
  readonly pid: number;
}

export interface ActDecision {
  readonly isAllowed: boolean;
  readonly outcome: ApprovalOutcome;
  /** Why not, for who asked before a command ran; of a held act the agent is told otherwise */
  readonly reason?: string;
}
