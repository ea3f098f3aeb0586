/** Which permission covers what. Pure; a list that doesn't change is returned as it is. */
import type { ApprovalKind, Grant } from '../../schema/approvals';

/** What a grant is compared with. */
export interface GrantedAct {
  readonly taskId: string;
  readonly kind: ApprovalKind;
  /** Absolute path of the task's working folder */
  readonly folder: string | null;
}

const breadth: Readonly<Record<Grant['scope'], number>> = { folder: 2, task: 1, turn: 0 };

/** Whether a grant allows the act. A folder's grant applies to every task bound to exactly this folder. */
export function covers(grant: Grant, { taskId, kind, folder }: GrantedAct): boolean {
  if (grant.kind !== kind) return false;
  return grant.scope === 'folder' ? folder !== null && grant.folder === folder : grant.taskId === taskId;
}

/** The widest grant that covers the act. */
export function coveringGrant(grants: readonly Grant[], act: GrantedAct): Grant | null {
  let widest: Grant | null = null;
  for (const grant of grants) {
    if (!covers(grant, act)) continue;
    if (widest === null || breadth[grant.scope] > breadth[widest.scope]) widest = grant;
  }
  return widest;
}

const isSame = (one: Grant, other: Grant): boolean =>
  one.kind === other.kind && one.scope === other.scope && one.taskId === other.taskId && one.folder === other.folder;

/** Adds a grant unless the list already has the same one. */
export const withGrant = (grants: readonly Grant[], added: Grant): readonly Grant[] =>
  grants.some((grant) => isSame(grant, added)) ? grants : [...grants, added];

const filtered = (grants: readonly Grant[], isStaying: (grant: Grant) => boolean): readonly Grant[] =>
  grants.every(isStaying) ? grants : grants.filter(isStaying);

export const withoutGrant = (grants: readonly Grant[], id: string): readonly Grant[] =>
  filtered(grants, (grant) => grant.id !== id);

/** Without the grants of a task's turn. */
export const withoutTurn = (grants: readonly Grant[], taskId: string): readonly Grant[] =>
  filtered(grants, (grant) => grant.scope !== 'turn' || grant.taskId !== taskId);

/** Without the grants of a task and its turn; those of its folder stay. */
export const withoutTask = (grants: readonly Grant[], taskId: string): readonly Grant[] =>
  filtered(grants, (grant) => grant.taskId !== taskId);

/** Grants that are stored on disk. */
export const keptGrants = (grants: readonly Grant[]): readonly Grant[] =>
  grants.filter(({ scope }) => scope !== 'turn');
