/** What waits for the person, and its outcome, in words. */
import type { FileChangeCounts, FileChangeKind } from '../../../schema/file-changes';
import type { ReviewForm, ReviewStage } from '../../store/ui-state';
import { plural } from '../../ui/format';

const verbs: readonly (readonly [FileChangeKind, string])[] = [
  ['created', 'create'],
  ['changed', 'change'],
  ['renamed', 'rename'],
  ['deleted', 'delete'],
  ['mode', 'change permissions of'],
  ['times', 'change the modification time of'],
];

/** `The agent wants to create 3, change 12 and delete 3 files`. */
export function wantsInWords(counts: FileChangeCounts): string {
  const wanted = verbs.filter(([kind]) => counts[kind] > 0);
  const acts = wanted.map(([kind, verb]) => `${verb} ${counts[kind].toLocaleString('en')}`);
  const [last = '', ...before] = acts.toReversed();
  const list = before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
  const lastKind = wanted.at(-1)?.[0];
  return `The agent wants to ${list} ${lastKind && counts[lastKind] === 1 ? 'file' : 'files'}`;
}

/** The dialog's title, which shows the stage. */
export function reviewTitle({ verb, count, stage }: ReviewForm): string {
  const isApplying = verb === 'apply';
  switch (stage.kind) {
    case 'asking':
      return isApplying ? `Apply ${plural(count, 'change')}?` : `Discard ${plural(count, 'change')}?`;
    case 'running':
      return isApplying ? 'Applying…' : 'Discarding…';
    case 'done':
      if (!isApplying) return 'Changes discarded';
      return stage.done > 0 ? 'Changes applied' : 'Nothing applied';
    case 'refused':
      return isApplying ? "Couldn't apply" : "Couldn't discard";
  }
}

/** The result of applying or discarding. */
export function reviewResult(
  verb: ReviewForm['verb'],
  { done, left }: Pick<Extract<ReviewStage, { kind: 'done' }>, 'done' | 'left'>,
): string {
  if (verb === 'discard') {
    return done === 0 ? 'Nothing was pending.' : `${plural(done, 'change')} discarded. The folder is unchanged.`;
  }
  const applied = done === 0 ? '' : `${plural(done, 'change')} applied.`;
  const waiting = left.length === 0 ? '' : `${plural(left.length, 'change')} still pending:`;
  return [applied, waiting].filter(Boolean).join(' ') || 'Nothing was pending.';
}
