/** Acts that the person is asked about before the command that does them runs. */
import type { ApprovalKind } from '../../schema/approvals';
import type { ForeseenAct } from '../../schema/act-questions';
import type { Act, ForeseenFile } from '../../schema/files-api';

export type RunReason = Extract<ForeseenAct, { kind: 'run' }>['why'];

export interface AheadRequest {
  readonly taskId: string;
  /** The command, safe to display */
  readonly program: string | null;
  readonly files: readonly ForeseenFile[];
  readonly reasons: readonly RunReason[];
}

/**
 * A file name, including everything below it, and what a program of this turn may do to it without another question.
 */
export interface Allowance {
  readonly kind: ApprovalKind;
  readonly path: string;
}

/** The kinds that need permission, most serious first. */
export function kindsOf({ files, reasons }: Pick<AheadRequest, 'files' | 'reasons'>): readonly ApprovalKind[] {
  const kinds = new Set<ApprovalKind>(files.map(({ kind }) => kind));
  if (reasons.length > 0) kinds.add('run');
  return (['delete', 'rename', 'change', 'run'] as const).filter((kind) => kinds.has(kind));
}

export const allowancesOf = ({ files }: AheadRequest): readonly Allowance[] =>
  files.map(({ kind, path }) => ({ kind, path }));

export const isAllowedAhead = (allowances: readonly Allowance[], { kind, path }: Act): boolean =>
  allowances.some((one) => one.kind === kind && (path === one.path || path.startsWith(`${one.path}/`)));
