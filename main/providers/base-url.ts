/** Checks the base URL of a provider as a person types it. */
import { BlockList, isIP } from 'node:net';
import { RpcError } from '../../schema/errors';

/** Addresses on this computer or in a private network */
const ownNetworks = new BlockList();
const ownSubnets: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 32, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  // Used by carriers for shared addresses, and by Tailscale
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
];
for (const [address, prefix, family] of ownSubnets) ownNetworks.addSubnet(address, prefix, family);

/** Name endings that nobody can register; containers also use `internal` for their host. */
const ownNames = /(?:^|\.)(?:localhost|localdomain|local|lan|home|corp|internal|home\.arpa|ts\.net)$/;

/** Whether a host is this computer or in a private network, where plain HTTP is usual. */
const isOwnHost = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$|\.$/g, '');
  const version = isIP(bare);
  if (version !== 0) return ownNetworks.check(bare, version === 4 ? 'ipv4' : 'ipv6');
  return ownNames.test(bare) || !bare.includes('.');
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
  if (url.protocol === 'http:' && !isOwnHost(url.hostname)) {
    throw invalid(`${url.host} isn't in your network, so its address must start with https:// to keep your key safe.`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
