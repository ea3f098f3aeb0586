/** Answers to questions, and the outcome of an act. */
import type { ApprovalAnswer } from '../../../schema/approvals';
import type { Stage } from './stage';

export const yes = (scope: 'once' | 'turn' | 'task' | 'folder'): ApprovalAnswer => ({ allow: true, scope });
export const no: ApprovalAnswer = { allow: false };
export const allowed = { isAllowed: true, outcome: 'allowed' };
export const granted = { isAllowed: true, outcome: 'granted' };
export const denied = { isAllowed: false, outcome: 'denied' };
export const expired = { isAllowed: false, outcome: 'expired' };
export const cancelled = { isAllowed: false, outcome: 'cancelled' };
export const firstOpen = ({ approvals }: Stage): string => approvals.open[0]?.id ?? 'none';
