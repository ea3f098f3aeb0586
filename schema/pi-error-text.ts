/** Makes pi's text about a failed request readable: `403: {"type":…,"message":"…"}` contains the words to show. */
import { pageWords, providerWords } from './provider-words';

/** Begins the type of each error that the gateway makes itself. Its status isn't a provider's, so it isn't shown. */
export const gatewayErrorPrefix = 'piwork_';
const isGateways = new RegExp(`"type":"${gatewayErrorPrefix}`);

const brokenOff =
  /ended (?:without|before) |terminated|other side closed|network_error|connection (?:error|lost|reset)/i;

/** Whether an answer began and didn't end. @param text pi's text, or what a provider gave as the reason */
export const isBrokenOff = (text: string): boolean => brokenOff.test(text);

const isPage = (body: string): boolean => /^<(!doctype|html|head|body)\b/i.test(body);

/** pi's text as status and body; `null` for a text without a status. */
function partsOf(text: string): { readonly status: string; readonly body: string } | null {
  const [, status, body] = /^(\d{3}):?\s*(.*)$/s.exec(text.trim()) ?? [];
  return status === undefined || body === undefined ? null : { status, body };
}

function pageText(status: string, page: string): string {
  const words = pageWords(page);
  return `The model's server sent an error page (HTTP ${status})${words === '' ? '' : `: “${words}”`}.`;
}

/** What happened, without what to do: the provider's words and the status, or the whole text if it has no such parts. */
export function piErrorWords(text: string): string {
  if (isBrokenOff(text)) return 'The answer ended before it was complete.';
  const parts = partsOf(text);
  if (parts === null) return text;
  if (isPage(parts.body)) return pageText(parts.status, parts.body);
  const words = providerWords(parts.body);
  if (words === '') return text;
  return isGateways.test(parts.body) ? words : `${words} (HTTP ${parts.status})`;
}

/** What to do, by the status that a provider gave; nothing where its own words must do. */
function adviceFor(status: string, body: string): string {
  if (status === '401' || status === '403') return ' Check the key in Settings.';
  if (status === '429') return ' Wait a minute, then try again.';
  if (status.startsWith('5')) return ' Try again later.';
  return isPage(body) ? ' Check the base URL in Settings.' : '';
}

/** The same, and what to do. */
export function piErrorText(text: string): string {
  const words = piErrorWords(text);
  const parts = partsOf(text);
  if (parts === null || words === text || isGateways.test(parts.body)) return words;
  const advice = adviceFor(parts.status, parts.body);
  return advice === '' || words.endsWith('.') ? `${words}${advice}` : `${words}.${advice}`;
}
