/** "Did you mean …": the known word nearest to what was written. Pure. */
import { visible } from './problem';

/** The number of single-character edits; swapping two neighbours counts as one. */
function distance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const substitution = at(rows, i - 1, j - 1) + (left[i - 1] === right[j - 1] ? 0 : 1);
      let best = Math.min(substitution, at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1);
      const isSwap = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (isSwap) best = Math.min(best, at(rows, i - 2, j - 2) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return at(rows, left.length, right.length);
}

function at(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}

const longestWord = 64;

/** The nearest of `known`, or `null` when none is near enough. */
export function nearest(written: string, known: readonly string[]): string | null {
  if (written.length > longestWord) return null;
  const folded = written.toLowerCase().replaceAll('_', '-');
  const rated = known
    .map((word) => ({ word, edits: distance(folded, word.toLowerCase().replaceAll('_', '-')) }))
    .filter(({ word, edits }) => edits <= Math.max(1, Math.floor(word.length / 3)));
  rated.sort((a, b) => a.edits - b.edits);
  return rated[0]?.word ?? null;
}

const mostListed = 12;

/** "did you mean X?" when something is near, otherwise the possible values. */
export function suggestion(written: string, known: readonly string[]): string {
  const near = nearest(written, known);
  if (near !== null) return `did you mean ${near}?`;
  const listed = known.slice(0, mostListed).join(', ');
  return known.length > mostListed
    ? `there are ${listed} and ${known.length - mostListed} more`
    : `there are ${listed}`;
}

/** What was written, shortened and escaped for a message. */
export function quoted(written: string): string {
  const safe = visible(written);
  return `"${safe.length > 40 ? `${safe.slice(0, 39)}…` : safe}"`;
}
