/** Says why a provider can't be reached, and what to do. */

export type NetworkCause = 'host_not_found' | 'refused' | 'tls' | 'timeout' | 'cut' | 'unreachable' | 'unknown';

export interface NetworkProblem {
  readonly cause: NetworkCause;
  readonly message: string;
}

const causes: Readonly<Record<string, NetworkCause>> = {
  ENOTFOUND: 'host_not_found',
  EAI_AGAIN: 'host_not_found',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  UND_ERR_SOCKET: 'cut',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EPROTO: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
};

interface ErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  /** The attempts in an `AggregateError`, one for each address of a host */
  readonly errors?: readonly unknown[];
}

/** The first code found in an error, its attempts or its causes. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { name, code, cause, errors } = error as ErrorLike;
  if (typeof code === 'string') return code;
  return name === 'TimeoutError' ? 'ETIMEDOUT' : codeOf(errors?.[0] ?? cause);
}

const says = (cause: NetworkCause, host: string): string => {
  switch (cause) {
    case 'host_not_found':
      return `${host} wasn't found. Check the base URL and your network connection.`;
    case 'refused':
      return `Nothing answers at ${host}. If it is your own server, start it. Otherwise check the port in the base URL.`;
    case 'tls':
      return `The connection to ${host} isn't secure. Check the base URL, this computer's clock, and whether a proxy inspects your traffic.`;
    case 'timeout':
      return `${host} didn't answer in time. Check your network connection and try again.`;
    case 'cut':
      return `${host} closed the connection before it answered. Try again.`;
    case 'unreachable':
      return `${host} can't be reached from this network. Check your network connection.`;
    case 'unknown':
      return `The connection to ${host} failed. Check the base URL and your network connection.`;
  }
};

/** What is wrong when a request to `host` fails with an error. */
export function networkProblem(error: unknown, host: string): NetworkProblem {
  const code = codeOf(error) ?? '';
  const cause = causes[code] ?? (/CERT|TLS|SSL/.test(code) ? 'tls' : 'unknown');
  return { cause, message: says(cause, host) };
}
