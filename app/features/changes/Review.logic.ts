/** What waits for the person, and what became of it, in words. */
import type { FileChangeCounts, FileChangeKind } from '../../../schema/file-changes';
import type { ReviewForm, ReviewStage } from '../../store/ui-state';
import { plural } from '../../ui/format';

type Words = (count: string) => string;

const kindWords: readonly (readonly [FileChangeKind, does: Words, would: Words])[] = [
  ['created', (count) => `creates ${count}`, (count) => `create ${count}`],
  ['changed', (count) => `changes ${count}`, (count) => `change ${count}`],
  ['renamed', (count) => `renames ${count}`, (count) => `rename ${count}`],
  ['deleted', (count) => `deletes ${count}`, (count) => `delete ${count}`],
  ['mode', (count) => `sets permissions of ${count}`, (count) => `set permissions of ${count}`],
  ['times', (count) => `sets the time of ${count}`, (count) => `set the time of ${count}`],
];

const parts = (counts: FileChangeCounts, form: 'does' | 'would'): readonly string[] =>
  kindWords.flatMap(([kind, does, would]) => {
    const count = counts[kind];
    return count > 0 ? [(form === 'does' ? does : would)(count.toLocaleString('en'))] : [];
  });

/** `creates 3, changes 12, renames 41, deletes 3`. */
export const waitsInWords = (counts: FileChangeCounts): string => parts(counts, 'does').join(', ');

/** `The agent would create 3, change 12 and delete 3`. */
export function wouldInWords(counts: FileChangeCounts): string {
  const words = parts(counts, 'would');
  const [last = '', ...before] = words.toReversed();
  return `The agent would ${before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`}`;
}

/** What the dialog is called, which says how it stands. */
export function reviewTitle({ verb, count, stage }: ReviewForm): string {
  const isApplying = verb === 'apply';
  switch (stage.kind) {
    case 'asking':
      return isApplying ? `Apply ${plural(count, 'change')}?` : `Give up ${plural(count, 'change')}?`;
    case 'running':
      return isApplying ? 'Applying…' : 'Giving up…';
    case 'done':
      if (!isApplying) return 'Given up';
      return stage.done > 0 ? 'Applied' : 'Nothing was applied';
    case 'refused':
      return isApplying ? 'Not applied' : 'Not given up';
  }
}

/** What an applying, or giving up, came to. */
export function reviewResult(
  verb: ReviewForm['verb'],
  { done, left }: Pick<Extract<ReviewStage, { kind: 'done' }>, 'done' | 'left'>,
): string {
  if (verb === 'discard') {
    return done === 0 ? 'Nothing waited any more.' : `${plural(done, 'change')} given up. The folder is as it was.`;
  }
  const applied = done === 0 ? '' : `${plural(done, 'change')} applied.`;
  const waiting =
    left.length === 0 ? '' : `${plural(left.length, 'change')} ${left.length === 1 ? 'goes' : 'go'} on waiting:`;
  return [applied, waiting].filter(Boolean).join(' ') || 'Nothing waited any more.';
}
