import type { Approval, ApprovalScope } from '../../../schema/approvals';
import { formatBytes } from '../../ui/format';
import { folderOf, nameOf } from '../../ui/path-names';
import { visibleText } from '../../ui/visible-text';

/** The question in parts, so that names can be styled differently from words. */
export interface ApprovalWords {
  /** The program, or `null` for the agent itself */
  readonly program: string | null;
  readonly verb: 'delete' | 'move' | 'rename' | 'change' | 'run';
  /** `the folder `, `the link ` or nothing */
  readonly thing: string;
  readonly path: string;
  readonly to: string | null;
  /** ` (12 kB)`, or nothing */
  readonly size: string;
  /** ` and 41 more`, or nothing */
  readonly more: string;
}

/** Longer command lines are cut in the question; the details show all of it */
const maxProgram = 100;
/** For a long path, the beginning and the end are shown */
const maxPath = 90;

const shorten = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const half = Math.floor((max - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
};

const things: Record<Approval['fileKind'], string> = {
  file: '',
  directory: 'the folder ',
  symlink: 'the link ',
  other: '',
};

function verbOf({ kind, path, to }: Approval): ApprovalWords['verb'] {
  if (kind !== 'rename') return kind;
  return to !== null && folderOf(to) !== folderOf(path) ? 'move' : 'rename';
}

/** A question about an act as a sentence. Names are written so that nothing in them is hidden. */
export function approvalWords(approval: Approval): ApprovalWords {
  const { program, path, to, sizeBytes, count } = approval;
  const isSameFolder = to !== null && folderOf(to) === folderOf(path);
  return {
    program: program === null ? null : shorten(visibleText(program), maxProgram),
    verb: verbOf(approval),
    thing: things[approval.fileKind],
    path: shorten(visibleText(path), maxPath),
    to: to === null ? null : shorten(visibleText(isSameFolder ? nameOf(to) : to), maxPath),
    size: sizeBytes === null ? '' : ` (${formatBytes(sizeBytes)})`,
    more: count > 1 ? ` and ${(count - 1).toLocaleString('en')} more` : '',
  };
}

/** The same as one text, for screen readers and tests. */
export function approvalSentence(approval: Approval): string {
  if (approval.sentence !== null) return visibleText(approval.sentence);
  const { program, verb, thing, path, to, size, more } = approvalWords(approval);
  return `${program ?? 'The agent'} wants to ${verb} ${thing}${path}${to === null ? '' : ` to ${to}`}${size}${more}`;
}

/** The scopes of an Allow, in the order of the keys 2 to 5. */
export const scopes: readonly { readonly scope: ApprovalScope; readonly label: string }[] = [
  { scope: 'once', label: 'Allow once' },
  { scope: 'turn', label: 'Allow for this turn' },
  { scope: 'task', label: 'Allow for this task' },
  { scope: 'folder', label: 'Always allow in this folder' },
];

/** The time left to answer: in `ms`, and as a fraction of the whole. */
export function timeLeft(
  { openedAt, expiresAt }: Pick<Approval, 'openedAt' | 'expiresAt'>,
  now: number,
): { readonly leftMs: number; readonly share: number } {
  const leftMs = Math.max(0, expiresAt - now);
  const wholeMs = Math.max(1, expiresAt - openedAt);
  return { leftMs, share: Math.min(1, leftMs / wholeMs) };
}

/** When a question is denied without an answer; `Auto-denies in 7 s`. */
export function deniedInLabel(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000);
  if (seconds === 0) return 'Timed out and denied';
  return `Auto-denies in ${seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`}`;
}
