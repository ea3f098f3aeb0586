/**
 * Who may act: a token for a cookie, and a cookie for `app-api`. Each refused case differs from the accepted one in one
 * thing.
 */
import type { OutgoingHttpHeaders } from 'node:http';
import type { WebSocket } from 'ws';
import { openWebServer, type OpenWebServer } from './test/open-web-server';

let now: number;
let server: OpenWebServer;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  now = 1_000_000;
  server = await openWebServer(() => now);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await server.close();
});

const ownOrigin = (): string => `http://127.0.0.1:${server.port}`;

describe('a token', () => {
  test('opens a session once, with a cookie for this port that no script can read', async () => {
    const token = server.token();
    const first = await server.openSession(token);
    expect(first.status).toBe(204);
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(new RegExp(`^piwork-${server.port}=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=/$`));
    const again = await server.openSession(token);
    expect(again).toMatchObject({ status: 401 });
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  test('is valid for ten minutes', async () => {
    const [inTime, tooOld] = [server.token(), server.token()];
    now += 10 * 60_000;
    expect((await server.openSession(inTime)).status).toBe(204);
    now += 1;
    expect((await server.openSession(tooOld)).status).toBe(401);
  });

  test.each([
    ['one that was never given out', '0'.repeat(64)],
    ['an empty one', ''],
    ['one that is too long', 'a'.repeat(129)],
  ])('%s opens nothing', async (_what, token) => {
    server.token();
    expect((await server.openSession(token)).status).toBe(401);
  });

  test('of another run opens nothing', async () => {
    const other = await openWebServer();
    expect((await server.openSession(other.token())).status).toBe(401);
    await other.close();
  });
});

test('a used address works again with the cookie that it gave', async () => {
  const token = server.token();
  const first = await server.openSession(token);
  const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const again = await server.openSession(token, { cookie });
  expect([again.status, again.headers['piwork-page-secret']]).toEqual([204, first.headers['piwork-page-secret']]);
  expect((await server.openSession(token)).headers['piwork-page-secret']).toBeUndefined();
});

describe('the origin', () => {
  test('may be either name of this computer', async () => {
    for (const name of ['127.0.0.1', 'localhost']) {
      const host = `${name}:${server.port}`;
      expect((await server.openSession(server.token(), { host, origin: `http://${host}` })).status).toBe(204);
    }
  });

  test.each([
    ['another site', () => 'http://site.example'],
    ['a page on another port', () => `http://127.0.0.1:${server.port + 1}`],
    ['our address by https', () => `https://127.0.0.1:${server.port}`],
    ['our other name', () => `http://localhost:${server.port}`],
    ['a page without an origin', () => 'null'],
    ['nothing', () => ''],
  ])('%s is refused, and uses up no token', async (_what, origin) => {
    const token = server.token();
    expect((await server.openSession(token, { origin: origin() })).status).toBe(403);
    expect((await server.openSession(token)).status).toBe(204);
  });
});

describe('the body', () => {
  const post = (body: string): Promise<{ status: number }> =>
    server.ask({ method: 'POST', path: '/session', headers: { origin: ownOrigin() }, body });

  test('is read up to 1,024 characters', async () => {
    const body = JSON.stringify({ token: server.token() }).padEnd(1024, ' ');
    expect((await post(body)).status).toBe(204);
  });

  test('is refused beyond that, and its token stays valid', async () => {
    const token = server.token();
    expect((await post(JSON.stringify({ token }).padEnd(1025, ' '))).status).toBe(401);
    expect((await post(JSON.stringify({ token }))).status).toBe(204);
  });

  test('of 64 MB is refused or cut off, and the server continues', async () => {
    const status = await post(' '.repeat(64 * 1024 * 1024)).then(
      (answer) => answer.status,
      () => 'cut off',
    );
    expect([401, 'cut off']).toContain(status);
    expect((await server.openSession(server.token())).status).toBe(204);
  });

  test.each(['', 'token', 'null', '[]', '{}', '{"token":1}', '{"token":"a","more":1}'])(
    '%j is refused',
    async (body) => {
      expect((await post(body)).status).toBe(401);
    },
  );
});

/**
 * Another person's server on another port of this computer. Browsers send it our cookie, because cookies ignore ports.
 */
describe('a server on another port that received the cookie', () => {
  const stolenCookie = async (): Promise<string> => {
    const { headers } = await server.openSession(server.token());
    return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  };
  /** The API's reaction to these first messages: an answer, or the end of the connection. */
  const attack = async (...messages: readonly string[]): Promise<string> => {
    const { socket } = await server.upgrade('/ws', { origin: ownOrigin(), cookie: await stolenCookie() });
    sockets.push(socket);
    const closed = new Promise<string>((resolve) => socket.once('close', () => resolve('closed')));
    const answered = new Promise<string>((resolve) => socket.once('message', () => resolve('answered')));
    for (const message of messages) socket.send(message);
    return Promise.race([closed, answered]);
  };
  const call = '{"id":"1","method":"app.snapshot","params":{}}';

  test.each<[string, readonly string[]]>([
    ['a call at once', [call]],
    ['a made-up secret', [`{"secret":"${'0'.repeat(64)}"}`, call]],
    ['an empty secret', ['{"secret":""}', call]],
    ['a secret that is no text', ['{"secret":["a"]}', call]],
    ['no JSON', ['secret', call]],
    ['a long message', [`{"secret":"${'0'.repeat(100_000)}"}`, call]],
  ])('is refused with %s', async (_what, messages) => {
    expect(await attack(...messages)).toBe('closed');
    expect(server.accepted).toHaveLength(0);
  });

  test('is refused when it says nothing', async () => {
    expect(await attack()).toBe('closed');
    expect(server.accepted).toHaveLength(0);
  });

  test("can't get the secret with the cookie alone", async () => {
    const cookie = await stolenCookie();
    for (const token of ['', '0'.repeat(64), cookie.split('=')[1] ?? '']) {
      expect((await server.openSession(token, { cookie })).status).toBe(401);
    }
  });

  test("would get in with the page's secret (the control)", async () => {
    const opened = await server.openSession(server.token());
    const secret = String(opened.headers['piwork-page-secret']);
    const { socket } = await server.upgrade('/ws', {
      origin: ownOrigin(),
      cookie: opened.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
    });
    sockets.push(socket);
    socket.send(JSON.stringify({ secret }));
    const transport = await server.nextAccepted();
    const received = new Promise((resolve) => transport.onMessage(resolve));
    socket.send('{"id":"1"}');
    expect(await received).toEqual({ id: '1' });
  });
});

describe('an upgrade', () => {
  const withCookie = async (): Promise<Record<string, string>> => {
    const { headers } = await server.openSession(server.token());
    secret = String(headers['piwork-page-secret']);
    return { origin: ownOrigin(), cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
  };
  let secret = '';
  const upgrade = async (path: string, headers: OutgoingHttpHeaders): Promise<number> => {
    const { status, socket } = await server.upgrade(path, headers);
    sockets.push(socket);
    return status;
  };

  test('with our cookie and from our page reaches app-api', async () => {
    expect(await upgrade('/ws', await withCookie())).toBe(101);
    sockets[0]?.send(JSON.stringify({ secret }));
    const transport = await server.nextAccepted();
    expect(server.accepted).toHaveLength(1);
    const received = new Promise((resolve) => transport.onMessage(resolve));
    sockets[0]?.send('{"id":"1"}');
    expect(await received).toEqual({ id: '1' });
  });

  test.each<[string, string, (good: Record<string, string>) => Record<string, string>]>([
    ['without a cookie', '/ws', ({ origin }) => ({ origin: origin! })],
    [
      'with a wrong cookie',
      '/ws',
      (good) => ({ ...good, cookie: good['cookie']!.replace(/=.*/, `=${'0'.repeat(64)}`) }),
    ],
    ['with the cookie under another name', '/ws', (good) => ({ ...good, cookie: `x${good['cookie']}` })],
    ['from another site', '/ws', (good) => ({ ...good, origin: 'http://site.example' })],
    ['from a page on another port', '/ws', (good) => ({ ...good, origin: `http://127.0.0.1:${server.port + 1}` })],
    ['without an origin', '/ws', ({ cookie }) => ({ cookie: cookie! })],
    ['in another name', '/ws', (good) => ({ ...good, host: 'site.example', origin: 'http://site.example' })],
    ['elsewhere', '/', (good) => good],
    ['with more in its address', '/ws?token=1', (good) => good],
  ])('%s is refused', async (_what, path, change) => {
    const good = await withCookie();
    expect(await upgrade(path, change(good))).toBe(401);
    expect(server.accepted).toHaveLength(0);
    expect(await upgrade('/ws', good)).toBe(101);
  });

  test('is closed with the server', async () => {
    await upgrade('/ws', await withCookie());
    sockets[0]?.send(JSON.stringify({ secret }));
    const transport = await server.nextAccepted();
    const closed = new Promise((resolve) => transport.onClose(resolve));
    await server.close();
    await closed;
  });
});
