/** Figures of a bench: medians, and ratios against a control in the same run, printed as a table and saved as JSON. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 'per s' | 'MB/s' | 'MB' | '';
  readonly values: readonly number[];
}

export interface Ratio {
  readonly name: string;
  readonly value: number;
  /** `×` unless given */
  readonly unit?: '×' | 'ms' | 'MB' | '';
  /** The project's target */
  readonly wanted?: string;
  readonly isMissed?: boolean;
}

export interface Report {
  readonly bench: string;
  readonly figures: readonly Figure[];
  readonly ratios: readonly Ratio[];
  /** What each figure was computed from; only in the file */
  readonly runs?: unknown;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

const round = (value: number): string =>
  Number.isInteger(value) || Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);

/** Width of the name column; longer names push the rest to the right. */
const nameWidth = 60;
const budgetNameWidth = 84;

function formatReport({ bench, figures, ratios }: Report): string {
  const rows = figures.map(({ name, unit, values }) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    // A count was taken once: it has no range.
    if (unit === '' && values.length === 1) return `  ${name.padEnd(nameWidth)} ${round(low).padStart(8)}`;
    return `  ${name.padEnd(nameWidth)} ${round(median(values)).padStart(8)} ${unit.padEnd(6)} ${round(low)}–${round(high)}, n = ${values.length}`;
  });
  const ratioRows = ratios.map(({ name, value, unit = '×', wanted = '', isMissed = false }) =>
    `  ${name.padEnd(nameWidth)} ${round(value).padStart(8)} ${unit.padEnd(6)} ${wanted}${isMissed ? ' MISSED' : ''}`.trimEnd(),
  );
  return [`${bench} (median, range)`, ...rows, 'ratios', ...ratioRows].join('\n');
}

/** One line for each budget of several reports: the target, and what was measured. */
export function formatBudgets(reports: readonly Report[]): string {
  const rows = reports.flatMap(({ bench, ratios }) =>
    ratios.map(({ name, value, unit = '×', wanted = '', isMissed = false }) =>
      [
        `  ${`${bench}: ${name}`.padEnd(budgetNameWidth)}`,
        wanted.padEnd(8),
        `${round(value)} ${unit}`.padEnd(10),
        isMissed ? 'MISSED' : 'met',
      ].join(' '),
    ),
  );
  return ['budgets', ...rows].join('\n');
}

/** Prints a report and writes it to `test-results/bench/<name>.json`. */
export async function publish(report: Report): Promise<void> {
  console.log(`${formatReport(report)}\n`);
  const folder = join('test-results', 'bench');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${report.bench}.json`), `${JSON.stringify(report, null, 2)}\n`);
}
