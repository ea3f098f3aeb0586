/** Tells the agent why something wasn't allowed. */
import type { ApprovalKind } from '../../schema/approvals';
import { shownPath } from './shown-text';

/** denied: by the person; too_many: more questions are open than anybody would read */
export type Refusal = 'denied' | 'expired' | 'nobody' | 'too_many';

export interface RefusedAct {
  readonly kind: ApprovalKind;
  readonly path: string;
  readonly to: string | null;
  /** How many acts were refused together */
  readonly count: number;
}

const pathCap = 300;

const verbs: Readonly<Record<ApprovalKind, string>> = {
  delete: 'deleting',
  rename: 'renaming',
  change: 'changing',
  run: 'running',
};

// Quoted as JSON: quotes in a name must not end the quotation.
const quoted = (path: string): string => JSON.stringify(shownPath(path, pathCap));

function actOf({ kind, path, to, count }: RefusedAct): string {
  const what = `${verbs[kind]} ${quoted(path)}${to === null ? '' : ` to ${quoted(to)}`}`;
  if (count === 1) return what;
  return `${what} and ${count - 1} ${count === 2 ? 'other' : 'others'}`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One or two sentences: what wasn't done, why, and what to do instead. */
export function agentSentence(refusal: Refusal, act: RefusedAct): string {
  const what = actOf(act);
  switch (refusal) {
    case 'denied':
      return `The person denied ${what}. Don't try another way. Ask them, or continue without it.`;
    case 'expired':
      return `Nobody answered in time whether to allow ${what}, so it was not done. Don't try another way. Continue without it, and tell the person what is left to decide.`;
    case 'nobody':
      return `${capitalised(what)} needs the person's permission, and nobody can answer in this run, so it was not done. Don't try another way. Continue without it, and say so at the end.`;
    case 'too_many':
      return `${capitalised(what)} was not done: too many questions are already waiting for the person. Wait for their answers. Don't try another way.`;
  }
}
