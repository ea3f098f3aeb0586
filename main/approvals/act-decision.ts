/** The answer to an act that the file server holds, or to a question about a command that hasn't run yet. */
import type { ApprovalOutcome } from '../../schema/approvals';

export interface ActDecision {
  readonly isAllowed: boolean;
  readonly outcome: ApprovalOutcome;
  /** Why not, for a question asked before a command ran. For a held act, the agent gets the reason another way */
  readonly reason?: string;
}
