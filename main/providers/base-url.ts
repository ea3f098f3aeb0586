/** Checks the base URL of a provider as a person types it. */
import { isIP } from 'node:net';
import { RpcError } from '../../schema/errors';

const privateRanges = [/^10\./, /^127\./, /^192\.168\./, /^172\.(?:1[6-9]|2\d|3[01])\./, /^169\.254\./];

/** Whether a host is this computer or in its local network, where plain HTTP is usual. */
const isLocalHost = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 4) return privateRanges.some((range) => range.test(bare));
  if (isIP(bare) === 6) return bare === '::1' || /^f[cd]/i.test(bare) || /^fe80/i.test(bare);
  return bare === 'localhost' || /\.(?:localhost|local|lan|internal|home\.arpa)$/.test(bare) || !bare.includes('.');
};

const invalid = (message: string): RpcError => new RpcError('INVALID_REQUEST', message);

/**
 * The base URL in its stored form: without a slash at the end.
 * @throws RpcError `INVALID_REQUEST` that says what is wrong with it
 */
export function checkBaseUrl(text: string): string {
  if (!URL.canParse(text)) throw invalid(`${text} isn't a web address. Write it like https://api.example.com/v1.`);
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw invalid(`A base URL starts with https:// or http://, not ${url.protocol}//.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid("A base URL can't contain a user name or password. Enter the key in its own field.");
  }
  if (url.search !== '' || url.hash !== '') throw invalid("A base URL can't contain ? or #. Remove that part.");
  if (url.protocol === 'http:' && !isLocalHost(url.hostname)) {
    throw invalid(`${url.host} isn't in your network, so its address must start with https:// to keep your key safe.`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
