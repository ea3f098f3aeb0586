/** Makes what pi says about a failed request readable: `403: {"type":…,"message":"…"}` holds the words to show. */
import { providerWords } from '../../schema/provider-words';

/** The message inside pi's error text, with the HTTP status behind it; the text itself where there is none inside. */
export function piErrorText(text: string): string {
  const found = /^(\d{3}):? ?(.*)$/s.exec(text.trim());
  if (!found) return text;
  const [, status = '', rest = ''] = found;
  const words = providerWords(rest);
  return words === '' ? text : `${words} (HTTP ${status})`;
}
