/** What the file server's worker asks before an act that isn't clearly wanted, and the answer. */
import type { ApprovalKind, ApprovalLogEntry } from '../../schema/approvals';

/** How an operation was decided */
export type ApprovalOutcome = ApprovalLogEntry['outcome'];

/** One held operation on something that existed before the task. */
export interface ActRequest {
  readonly taskId: string;
  readonly kind: ApprovalKind;
  /** Names below the folder, joined by `/` */
  readonly path: string;
  /** Target of a rename */
  readonly to: string | null;
  readonly sizeBytes: number | null;
  readonly fileKind: 'file' | 'directory' | 'symlink' | 'other';
  /** In the guest; 0 for the kernel's own write-back */
  readonly pid: number;
  /** The whole question, for a file that programs run by themselves. Only an answer to it allows it */
  readonly sentence?: string | null;
}

export interface ActDecision {
  readonly isAllowed: boolean;
  readonly outcome: ApprovalOutcome;
  /** Why not, for a question asked before a command ran. For a held act, the agent gets the reason another way */
  readonly reason?: string;
}
