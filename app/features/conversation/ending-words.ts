import type { RunEnding } from '../../../schema/run-ending';

interface EndingWords {
  /** Beside the task's name */
  readonly status: string;
  /** Above the sentence that explains it */
  readonly title: string;
}

const words: Readonly<Partial<Record<RunEnding, EndingWords>>> = {
  cut: { status: 'Cut off', title: 'The answer was cut off' },
  empty: { status: 'No answer', title: 'The model gave no answer' },
  refused: { status: 'Refused', title: 'The model refused' },
  filtered: { status: 'Filtered', title: 'A content filter stopped the answer' },
  incomplete: { status: 'Incomplete', title: 'The answer is incomplete' },
  unknown: { status: 'Ended early', title: 'The answer ended for an unknown reason' },
};

const failed: EndingWords = { status: 'Failed', title: 'The task stopped' };

const wordsOf = (ending: RunEnding | undefined): EndingWords => (ending && words[ending]) ?? failed;

/** A task's status after a run that was not answered whole. */
export const endingStatus = (ending: RunEnding | undefined): string => wordsOf(ending).status;

/** The title of its explanation. */
export const endingTitle = (ending: RunEnding | undefined): string => wordsOf(ending).title;
