/** Makes pi's text about a failed request readable: `403: {"type":…,"message":"…"}` contains the words to show. */
import { providerWords } from '../../schema/provider-words';

/** The message inside pi's error text, followed by the HTTP status; the whole text if it contains no message. */
export function piErrorText(text: string): string {
  const found = /^(\d{3}):? ?(.*)$/s.exec(text.trim());
  if (!found) return text;
  const [, status = '', rest = ''] = found;
  const words = providerWords(rest);
  return words === '' ? text : `${words} (HTTP ${status})`;
}
