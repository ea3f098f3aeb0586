import Papa from 'papaparse';

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Width of each column, in `characters` */
  readonly widths: readonly number[];
  /** Columns of numbers, which are aligned right */
  readonly isNumeric: readonly boolean[];
}

const narrowest = 6;
const widest = 44;
/** Rows that determine widths and kinds; more would change little and take long */
const sampled = 200;

const isNumber = (cell: string): boolean => /^\s*[-+]?[\d.,\s]*\d\s*%?\s*$/.test(cell);

/** Rows and columns of a CSV text. A text that was cut loses its last row, which may be incomplete. */
export function parseCsv(text: string, isTruncated: boolean): Table {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: true });
  const [header = [], ...rows] = data;
  const whole = isTruncated ? rows.slice(0, -1) : rows;
  const columnCount = Math.max(header.length, ...whole.slice(0, sampled).map((row) => row.length), 0);
  const columns = Array.from({ length: columnCount }, (_, index) => index);
  const sample = whole.slice(0, sampled);
  return {
    header: columns.map((index) => header[index] ?? ''),
    rows: whole,
    widths: columns.map((index) => {
      const lengths = [header, ...sample].map((row) => row[index]?.length ?? 0);
      return Math.min(widest, Math.max(narrowest, ...lengths));
    }),
    isNumeric: columns.map((index) => {
      const cells = sample.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '');
      return cells.length > 0 && cells.every(isNumber);
    }),
  };
}
