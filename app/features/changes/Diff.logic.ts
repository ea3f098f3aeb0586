import { diffArrays } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  /** From 1; `null` on the side that doesn't have the line */
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
  /**
   * What differs from its partner, as `[start, end)` of the text; `null` when all of it differs or nothing is marked
   */
  readonly mark: readonly [number, number] | null;
}

export interface Pair {
  readonly kind: 'pair';
  readonly left: DiffLine | null;
  readonly right: DiffLine | null;
}

/** A stretch of unchanged lines. */
export interface Fold {
  readonly kind: 'fold';
  /** Index of its first line among all lines */
  readonly start: number;
  readonly count: number;
}

export interface Diff {
  readonly lines: readonly DiffLine[];
  /** Too many different lines to match: one whole side is shown against the other */
  readonly isCoarse: boolean;
  readonly added: number;
  readonly removed: number;
}

/** This many lines are shown around a change */
const context = 3;
/** A fold hides at least this many lines */
const leastFolded = 4;
/** Matching stops after this time, in `ms`, or this many differences */
const budget = { timeout: 400, maxEditLength: 20_000 };

/** Lines with their ends, so that a different or missing line end counts as a difference. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const noEnd = ' (no newline at end)';

/** A line without its end; an unusual end is written out. */
function shownLine(line: string): string {
  if (line.endsWith('\r\n')) return `${line.slice(0, -2)}␍`;
  return line.endsWith('\n') ? line.slice(0, -1) : line;
}

/** What differs in the middle of two lines, without their common start and end. */
function middle(left: string, right: string): readonly [readonly [number, number], readonly [number, number]] | null {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  // Lines with almost nothing in common are easier to read whole.
  if (start + end < shorter / 3) return null;
  return [
    [start, left.length - end],
    [start, right.length - end],
  ];
}

function marked(removed: readonly DiffLine[], added: readonly DiffLine[]): readonly DiffLine[] {
  const marks = removed.map((line, index) => {
    const partner = added[index];
    return partner ? middle(line.text, partner.text) : null;
  });
  return [
    ...removed.map((line, index) => ({ ...line, mark: marks[index]?.[0] ?? null })),
    ...added.map((line, index) => ({ ...line, mark: marks[index]?.[1] ?? null })),
  ];
}

/** The lines of both texts, matched. */
export function diffTexts(before: string, after: string): Diff {
  const [old, now] = [linesOf(before), linesOf(after)];
  const matched = diffArrays(old, now, budget);
  const parts = matched ?? [
    { value: old, removed: true, added: false },
    { value: now, removed: false, added: true },
  ];
  const lines: DiffLine[] = [];
  let [oldNumber, newNumber] = [0, 0];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = (): void => {
    lines.push(...marked(removed, added));
    [removed, added] = [[], []];
  };
  const total = { added: 0, removed: 0 };
  for (const part of parts) {
    if (!part.removed && !part.added) flush();
    for (const line of part.value) {
      const isLastWithoutEnd = !line.endsWith('\n') && (part.removed || part.added);
      const text = shownLine(line) + (isLastWithoutEnd && before !== '' && after !== '' ? noEnd : '');
      if (part.removed) {
        oldNumber += 1;
        total.removed += 1;
        removed.push({ kind: 'removed', before: oldNumber, after: null, text, mark: null });
      } else if (part.added) {
        newNumber += 1;
        total.added += 1;
        added.push({ kind: 'added', before: null, after: newNumber, text, mark: null });
      } else {
        oldNumber += 1;
        newNumber += 1;
        lines.push({ kind: 'same', before: oldNumber, after: newNumber, text, mark: null });
      }
    }
  }
  flush();
  return { lines, isCoarse: matched === undefined, ...total };
}

/** Which lines are folded, except in folds that were opened. */
export function foldsOf(lines: readonly DiffLine[], opened: ReadonlySet<number>): readonly (DiffLine | Fold)[] {
  const rows: (DiffLine | Fold)[] = [];
  let at = 0;
  while (at < lines.length) {
    let end = at;
    while (end < lines.length && lines[end]?.kind === 'same') end += 1;
    if (end === at) {
      const line = lines[at];
      if (line) rows.push(line);
      at += 1;
      continue;
    }
    const first = at === 0 ? at : at + context;
    const last = end === lines.length ? end : end - context;
    const isFolded = last - first >= leastFolded && !opened.has(first);
    if (isFolded) {
      rows.push(
        ...lines.slice(at, first),
        { kind: 'fold', start: first, count: last - first },
        ...lines.slice(last, end),
      );
    } else rows.push(...lines.slice(at, end));
    at = end;
  }
  return rows;
}

/** The same side by side: removed lines are beside the lines that replace them. */
export function pairsOf(rows: readonly (DiffLine | Fold)[]): readonly (Pair | Fold)[] {
  const pairs: (Pair | Fold)[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = (): void => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      pairs.push({ kind: 'pair', left: removed[index] ?? null, right: added[index] ?? null });
    }
    [removed, added] = [[], []];
  };
  for (const row of rows) {
    if (row.kind === 'removed') {
      if (added.length > 0) flush();
      removed.push(row);
    } else if (row.kind === 'added') added.push(row);
    else {
      flush();
      pairs.push(row.kind === 'fold' ? row : { kind: 'pair', left: row, right: row });
    }
  }
  flush();
  return pairs;
}
