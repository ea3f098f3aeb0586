/** Makes pi's text about a failed request readable: `403: {"type":…,"message":"…"}` contains the words to show. */
import { providerWords } from '../../schema/provider-words';

/** The provider answered with a success; the status is the gateway's. */
const fromGateway = /"type":"(?:not_an_answer|not_a_stream)"/;

/** The message inside pi's error text, followed by the HTTP status; the whole text if it contains no message. */
export function piErrorText(text: string): string {
  const found = /^(\d{3}):? ?(.*)$/s.exec(text.trim());
  if (!found) return text;
  const [, status = '', rest = ''] = found;
  const words = providerWords(rest);
  if (words === '') return text;
  return fromGateway.test(rest) ? words : `${words} (HTTP ${status})`;
}
