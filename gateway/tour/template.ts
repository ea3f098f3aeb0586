/** Fills `{{path}}` and `{{path|filter}}` in a scenario's texts. */

export type Values = Readonly<Record<string, unknown>>;

const filters: Readonly<Record<string, (text: string) => string>> = {
  /** Quotes the text as one shell word */
  sh: (text) => `'${text.replaceAll("'", `'\\''`)}'`,
  /** A markdown code block with a fence longer than any in its content */
  fence: (text) => {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}\n${text.replace(/\n$/, '')}\n${fence}`;
  },
};

/** The value at a dotted path; `undefined` where a part of the path is missing. */
export const valueAt = (values: Values, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? (value as Values)[key] : undefined),
      values,
    );

const asText = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/**
 * The text with its placeholders filled. Values that were filled in aren't expanded again. Throws for an unknown
 * filter.
 */
export const fill = (template: string, values: Values): string =>
  template.replace(/\{\{([\w.]+)(?:\|(\w+))?\}\}/g, (_match, path: string, filter?: string) => {
    const text = asText(valueAt(values, path));
    if (filter === undefined) return text;
    const apply = filters[filter];
    if (!apply) throw new Error(`a scenario uses the filter ${filter}, which doesn't exist`);
    return apply(text);
  });
