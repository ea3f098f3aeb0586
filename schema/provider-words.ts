/** The provider's own words in the body of its answer. */

const wordsCap = 300;

/** The value of a JSON text; `undefined` for any other text. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so the answer isn't from an API.
    return undefined;
  }
};

const messageIn = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { error, message, detail } = value as Readonly<Record<string, unknown>>;
  return messageIn(error) ?? messageIn(message) ?? messageIn(detail);
};

/** The provider's own message, on one line; empty when its answer contains none. */
export const providerWords = (body: string): string => {
  const parsed = parseJson(body);
  const [first] = Array.isArray(parsed) ? (parsed as unknown[]) : [parsed];
  return (messageIn(first) ?? '').replace(/\s+/g, ' ').slice(0, wordsCap);
};

/** What a person would read of a web page, on one line. The page may be cut anywhere. */
export const pageWords = (html: string): string =>
  html
    .replaceAll(/<(script|style|head)\b.*?(<\/\1\s*>|$)/gis, ' ')
    .replaceAll(/<[^>]*(>|$)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, wordsCap);
