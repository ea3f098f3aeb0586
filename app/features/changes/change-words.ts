/** What turns and changes are called. */
import type {
  FileChange,
  FileChangeCounts,
  FileChangeKind,
  TakeBackConflict,
  TakeBackResult,
  TurnSummary,
} from '../../../schema/file-changes';
import { formatBytes, formatClock, plural } from '../../ui/format';
import { visibleText } from '../../ui/visible-text';
import { isApplied, messageOfTurn, type UserItem } from './turns';

const maxWords = 80;

const countWords: readonly (readonly [FileChangeKind, (count: number) => string])[] = [
  ['created', (count) => `${count.toLocaleString('en')} created`],
  ['changed', (count) => `${count.toLocaleString('en')} changed`],
  ['renamed', (count) => `${count.toLocaleString('en')} renamed`],
  ['deleted', (count) => `${count.toLocaleString('en')} deleted`],
  ['mode', (count) => `${plural(count, 'permission')} changed`],
  ['times', (count) => `${plural(count, 'modification time')} changed`],
];

/** `3 created, 12 changed, 2 deleted`. */
export function countsInWords(counts: FileChangeCounts): string {
  const parts = countWords.flatMap(([kind, words]) => (counts[kind] > 0 ? [words(counts[kind])] : []));
  return parts.length === 0 ? 'No files changed' : parts.join(', ');
}

export const kindWords: Record<FileChangeKind, string> = {
  created: 'Created',
  changed: 'Changed',
  renamed: 'Renamed',
  deleted: 'Deleted',
  mode: 'Permissions changed',
  times: 'Modification time changed',
};

const stateWords: Record<TurnSummary['state'], string> = {
  open: 'In progress',
  closed: '',
  interrupted: 'Interrupted',
  'taken-back': 'Undone',
  'partly-taken-back': 'Partly undone',
  redone: 'Redone',
};

/** The state of a turn in words; empty for an ordinary one. */
export function turnState({ state, isPruned, kind }: TurnSummary): string {
  // An undo is itself only a record.
  if (kind === 'take-back' && state !== 'open') return '';
  return isPruned ? 'Too old to undo' : stateWords[state];
}

const firstWords = (text: string): string => {
  const line = visibleText(text.trim().replace(/\s+/g, ' '));
  return line.length > maxWords ? `${line.slice(0, maxWords).trimEnd()}…` : line;
};

/** A turn made by applying pending changes */
const appliedTitle = 'Applied changes';

/**
 * What a turn is called: the first words of its message, or what else it was. An undone message is no longer in the
 * conversation, so `remembered` has its words by turn.
 */
export function turnTitle(
  turns: readonly TurnSummary[],
  messages: readonly UserItem[],
  turn: TurnSummary,
  remembered: Readonly<Record<number, string>> = {},
): string {
  if (turn.kind === 'outside') return 'Changed outside a run';
  if (isApplied(turn)) return appliedTitle;
  if (turn.kind === 'take-back') {
    const first = turns.find(({ turn: number }) => turn.of.includes(number));
    if (!first) return 'Undid an older turn';
    if (first.kind === 'take-back') return 'Redid changes';
    if (isApplied(first)) return 'Undid applied changes';
    return first.kind === 'outside'
      ? 'Undid changes from outside a run'
      : `Undid “${turnTitle(turns, messages, first, remembered)}”`;
  }
  const message = messageOfTurn(turns, messages, turn);
  return message ? firstWords(message.text) : (remembered[turn.turn] ?? `Message of ${formatClock(turn.at)}`);
}

/** A change's path now, or where it was. */
export const changePath = ({ from, to }: Pick<FileChange, 'from' | 'to'>): string => to ?? from ?? '';

/** `1.2 kB → 2.1 kB`; nothing for what has no size. */
export function sizesInWords({ sizeBefore, sizeAfter }: FileChange): string {
  if (sizeBefore !== null && sizeAfter !== null) {
    return sizeBefore === sizeAfter ? formatBytes(sizeAfter) : `${formatBytes(sizeBefore)} → ${formatBytes(sizeAfter)}`;
  }
  const size = sizeAfter ?? sizeBefore;
  return size === null ? '' : formatBytes(size);
}

/** Why a change isn't undone along with the others. */
export const reasonWords: Record<TakeBackConflict['reason'], string> = {
  'changed-since': 'Changed since then by you or another program.',
  mixed: 'Changed by the agent and another program at the same time.',
  'later-turn': 'A later turn changed it too.',
  missing: 'It no longer exists.',
  occupied: 'Another file or folder has its name now.',
  'not-kept': "Piwork has no copy from before, so it can't be restored.",
  'not-empty': 'The folder contains other files now.',
  failed: "Piwork couldn't change it on disk.",
};

/** The result of an undo or redo. */
export function resultInWords({ done, left, isCancelled }: TakeBackResult, isRedo: boolean): string {
  const verb = isRedo ? 'redone' : 'undone';
  const parts = [done === 0 && !isCancelled && left.length === 0 ? '' : `${plural(done, 'change')} ${verb}.`];
  if (isCancelled) parts.push('You stopped before it finished. You can do the rest later.');
  if (left.length > 0) parts.push(`${plural(left.length, 'file')} left unchanged:`);
  return parts.filter(Boolean).join(' ') || 'No files needed to change.';
}
