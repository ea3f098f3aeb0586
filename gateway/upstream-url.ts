/** Joins a provider's base URL and a path below it. */

/** Query parameters that change an answer's form. All others are dropped, keys above all. */
const passedParameters: ReadonlySet<string> = new Set(['alt', 'beta', 'limit', 'pageSize', 'pageToken', 'after_id']);

const version = /\/(v1|v1beta)$/;

/**
 * The address that a request goes to. `path` has its leading slash and is plain, see `readRequestTarget`. Some clients
 * add the version themselves, so a version at the end of the base URL isn't doubled.
 * @throws Error when the result isn't below the base URL
 */
export function upstreamUrl(baseUrl: string, path: string, query: URLSearchParams): URL {
  const base = new URL(baseUrl);
  const below = base.pathname.replace(/\/+$/, '');
  const ending = version.exec(below)?.[1];
  const rest = ending !== undefined && path.startsWith(`/${ending}/`) ? path.slice(ending.length + 1) : path;
  const url = new URL(`${base.origin}${below}${rest}`);
  if (url.origin !== base.origin || url.pathname !== `${below}${rest}` || url.username !== '') {
    throw new Error(`The path ${path} leads out of ${baseUrl}.`);
  }
  for (const [name, value] of query) {
    if (passedParameters.has(name)) url.searchParams.append(name, value);
  }
  return url;
}
