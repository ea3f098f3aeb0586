/** What figures are compared with. */
import { median, type Ratio } from './table';

interface Limits {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** A value with a budget; the report says when it is missed. */
export function budget({
  name,
  value,
  unit,
  atMost = Number.POSITIVE_INFINITY,
  atLeast = Number.NEGATIVE_INFINITY,
}: Limits & Required<Pick<Ratio, 'name' | 'value' | 'unit'>>): Ratio {
  const wanted = Number.isFinite(atMost) ? `≤ ${atMost}` : `≥ ${atLeast}`;
  return { name, value, unit, wanted, isMissed: !(value <= atMost && value >= atLeast) };
}

/** How many times the control's median something may take. */
export const ratioBudget = (
  name: string,
  atMost: number,
  values: readonly number[],
  controls: readonly number[],
): Ratio => budget({ name, value: median(values) / median(controls), unit: '×', atMost });
