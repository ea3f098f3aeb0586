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

/** The same, and what to do about a server that answers with a web page. */
export function piErrorText(text: string): string {
  const parts = partsOf(text);
  if (parts === null || !isPage(parts.body)) return piErrorWords(text);
  const advice = parts.status.startsWith('5') ? 'Try again later.' : 'Check the base URL in Settings.';
  return `${pageText(parts.status, parts.body)} ${advice}`;
}
