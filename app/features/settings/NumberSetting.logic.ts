export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A whole number within its bounds, or what is wrong with what was typed. */
export function readNumber(
  typed: string,
  { min, max }: Bounds,
): { readonly value: number; readonly problem: null } | { readonly value: null; readonly problem: string } {
  const value = /^\s*\d+\s*$/.test(typed) ? Number(typed) : NaN;
  if (Number.isInteger(value) && value >= min && value <= max) return { value, problem: null };
  return {
    value: null,
    problem: `Enter a whole number from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.`,
  };
}
