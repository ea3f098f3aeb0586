/** Reads the target of a request to the gateway: `/<provider>/<path>?<query>` and nothing else. */

export interface RequestTarget {
  readonly provider: string;
  /** Below the provider, with its leading slash */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Refuses escapes, empty names and backslashes: no model API needs them, and they could mean another place. */
const plainPath = /^(?:\/[A-Za-z0-9._~:@+-]+)+$/;

/** The parts of a target, or `null` for one that isn't clearly below a provider. */
export function readRequestTarget(target: string): RequestTarget | null {
  const [path = '', ...queries] = target.split('?');
  if (!plainPath.test(path) || queries.length > 1) return null;
  const url = new URL(`http://gateway.invalid${target}`);
  // A URL parser resolves `.` and `..`, so a target with them isn't the path that it looks like.
  if (url.host !== 'gateway.invalid' || url.pathname !== path || url.hash !== '') return null;
  const [provider = '', ...rest] = path.slice(1).split('/');
  if (rest.length === 0) return null;
  return { provider, path: `/${rest.join('/')}`, query: url.searchParams };
}
