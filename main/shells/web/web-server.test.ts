/** The page and its files: who gets them, and under which policy. */
import { openWebServer, type Answer, type OpenWebServer } from './test/open-web-server';

let server: OpenWebServer;
beforeEach(async () => (server = await openWebServer()));
afterEach(() => server.close());

const policyOf = ({ headers }: Answer): string => String(headers['content-security-policy']);

test('the page has a policy that allows nothing from elsewhere', async () => {
  const answer = await server.ask({});
  expect(answer.status).toBe(200);
  const policy = policyOf(answer).replace(/nonce-[^']+/, 'nonce-…');
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce-…'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ]);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
});

test('each load has its own nonce, the same in the page and in its policy', async () => {
  const loads = [await server.ask({}), await server.ask({ path: '/index.html' })];
  const nonces = loads.map((answer) => /'nonce-([^']+)'/.exec(policyOf(answer))?.[1]);
  expect(nonces[0]).toMatch(/^[\w+/]{22}==$/);
  expect(nonces[1]).not.toBe(nonces[0]);
  for (const [at, { text }] of loads.entries()) {
    expect(text).toBe(`<style nonce="${nonces[at]}"></style><script nonce="${nonces[at]}"></script>`);
  }
});

test('a file of the page is served unchanged, under the same policy', async () => {
  const answer = await server.ask({ path: '/assets/page.js?v=1' });
  expect(answer).toMatchObject({ status: 200, text: '"__CSP_NONCE__"' });
  expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(policyOf(answer)).toContain("default-src 'none'");
});

describe('the host header', () => {
  test.each(['127.0.0.1', 'localhost'])('%s with our port is answered', async (name) => {
    expect(await server.ask({ headers: { host: `${name}:${server.port}` } })).toMatchObject({ status: 200 });
  });

  test.each([
    ['a name that leads here', () => `rebound.example:${server.port}`],
    ['our name with another port', () => `127.0.0.1:${server.port + 1}`],
    ['our name without a port', () => '127.0.0.1'],
    ['our name inside of another', () => `127.0.0.1:${server.port}.example`],
    ['our name in other letters', () => `LOCALHOST:${server.port}`],
  ])('%s is refused', async (_what, host) => {
    const { status, text } = await server.ask({ headers: { host: host() } });
    expect(status).toBe(421);
    expect(text).not.toContain('<script');
  });

  test('a request without a host is refused', async () => {
    expect((await server.ask({ namesHost: false })).status).toBe(400);
  });

  test("a request with the wrong host doesn't use up a token", async () => {
    const token = server.token();
    const host = `rebound.example:${server.port}`;
    expect((await server.openSession(token, { host, origin: `http://${host}` })).status).toBe(421);
    expect((await server.openSession(token)).status).toBe(204);
  });
});

describe('methods', () => {
  test.each(['GET', 'HEAD'])('%s is answered', async (method) => {
    expect((await server.ask({ method })).status).toBe(200);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('%s is refused', async (method) => {
    const { status, headers } = await server.ask({ method });
    expect(status).toBe(405);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a session is opened only by POST', async () => {
    const origin = `http://127.0.0.1:${server.port}`;
    for (const method of ['PUT', 'DELETE']) {
      expect((await server.ask({ method, path: '/session', headers: { origin } })).status).toBe(405);
    }
    expect((await server.ask({ path: '/session', headers: { origin } })).status).toBe(404);
  });
});

test.each([
  '/../package.json',
  '/assets/../../package.json',
  '/..%2fpackage.json',
  '/%2e%2e/package.json',
  '/assets/..\\..\\package.json',
  '//etc/passwd',
  '/assets',
  '/assets/',
  '/INDEX.HTML',
  '/index.html/',
  '/constructor',
  '/__proto__',
])("%s isn't a file of the page", async (path) => {
  expect((await server.ask({ path })).status).toBe(404);
});

test('after closing, nothing is answered', async () => {
  await server.close();
  await expect(server.ask({})).rejects.toThrow('ECONNREFUSED');
});
