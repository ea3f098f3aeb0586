/** The browser shell's port: who may have the page's session, and who may not. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { expect, test } from './fixtures';
import { launchChromium } from './support/browser-shell';
import { installation, packFolder } from './support/environment';
import { ask, upgradeAndReset } from './support/raw-http';
import { shellEnvironment } from './support/running-shell';

test.use({ world: { name: 'browser-security' } });

const webSocketHeaders = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

const portOf = (address: string): number => Number(new URL(address).port);
const tokenOf = (address: string): string => /#token=(.+)$/.exec(address)?.[1] ?? '';

test('another host name is refused: no page can be rebound to this port', async ({ piwork }) => {
  const port = portOf(piwork.window.url());
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1.evil.example:${port}`]) {
    const answer = await ask({ port, headers: { Host: host } });
    expect([host, [400, 421].includes(answer.status)]).toEqual([host, true]);
    expect(answer.body).not.toContain('<html');
  }
  expect((await ask({ port, headers: { Host: `localhost:${port}` } })).status).toBe(200);
});

test('only our own page gets a session, and only once per address', async ({ piwork }) => {
  const port = portOf(piwork.window.url());
  const own = { Host: `127.0.0.1:${port}`, Origin: `http://127.0.0.1:${port}` };
  const { url } = await piwork.host['app.page_address']({});
  const open = (token: string, headers: Record<string, string>): ReturnType<typeof ask> =>
    ask({ port, method: 'POST', path: '/session', headers, body: JSON.stringify({ token }) });

  expect((await open(tokenOf(url), { Host: own.Host })).status, 'no origin').toBe(403);
  expect((await open(tokenOf(url), { ...own, Origin: 'https://evil.example' })).status).toBe(403);
  expect((await open(tokenOf(url), { ...own, Origin: 'null' })).status).toBe(403);
  expect((await open(tokenOf(url), { ...own, Origin: `http://localhost:${port}` })).status).toBe(403);
  expect((await open('0'.repeat(64), own)).status, 'a made-up token').toBe(401);
  expect((await open('', own)).status, 'no token').toBe(401);

  const granted = await open(tokenOf(url), own);
  expect(granted.status).toBe(204);
  const [cookie = ''] = granted.headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  expect((await open(tokenOf(url), own)).status, 'a used token').toBe(401);

  const printed = /http:\/\/\S+#token=\S+/.exec(piwork.output)?.[0] ?? '';
  expect((await open(tokenOf(printed), own)).status, 'the token that the page has used').toBe(401);

  const session = cookie.split(';')[0] ?? '';
  const upgrade = async (headers: Record<string, string>, path = '/ws'): Promise<number> =>
    (await ask({ port, path, headers: { ...webSocketHeaders, ...headers } })).status;
  expect(await upgrade({ ...own, Cookie: session }), 'the control').toBe(101);
  expect(await upgrade(own), 'no cookie').toBe(401);
  expect(await upgrade({ ...own, Cookie: `${session}0` })).toBe(401);
  expect(await upgrade({ ...own, Cookie: session.replace(/=.*/, '=') })).toBe(401);
  expect(await upgrade({ ...own, Cookie: session, Origin: 'https://evil.example' })).toBe(401);
  expect(await upgrade({ Host: own.Host, Cookie: session }), 'no origin').toBe(401);
  expect(await upgrade({ Host: `evil.example:${port}`, Origin: `http://evil.example:${port}`, Cookie: session })).toBe(
    401,
  );
  expect(await upgrade({ ...own, Cookie: session }, '/ws/../ws')).toBe(401);
});

/** The API's reaction to these first messages on a socket with these headers. */
async function firstAnswer(port: number, headers: Record<string, string>, messages: object[]): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers });
  const ended = new Promise<string>((resolve) => {
    socket.on('message', (data) => {
      const text = (data as Buffer).toString();
      if (text.includes('"id":"1"')) resolve(text);
    });
    socket.once('close', (code) => resolve(`closed with ${code}`));
  });
  socket.once('open', () => messages.forEach((message) => socket.send(JSON.stringify(message))));
  return ended.finally(() => socket.terminate());
}

test("a server on another port gets the cookie, but can't use it", async ({ piwork }) => {
  const port = portOf(piwork.window.url());
  const cookies: string[] = [];
  const thief = createServer(({ headers }, response) => {
    cookies.push(headers.cookie ?? '');
    response.end('harmless');
  }).listen(0, '127.0.0.1');
  await once(thief, 'listening');
  const visited = await piwork.window.context().newPage();
  await visited.goto(`http://127.0.0.1:${(thief.address() as AddressInfo).port}/`);
  await visited.close();
  thief.close();
  expect(cookies[0], 'cookies ignore ports').toContain(`piwork-${port}=`);

  const headers = { Origin: `http://127.0.0.1:${port}`, Cookie: cookies[0] ?? '' };
  const call = { id: '1', type: 'app.snapshot', payload: {} };
  expect(await firstAnswer(port, headers, [call])).toBe('closed with 4401');
  expect(await firstAnswer(port, headers, [{ secret: '0'.repeat(64) }, call])).toBe('closed with 4401');
  const body = JSON.stringify({ token: '0'.repeat(64) });
  expect((await ask({ port, method: 'POST', path: '/session', headers, body })).status).toBe(401);

  const secret = await piwork.window.evaluate(() => sessionStorage.getItem('piwork-page-secret'));
  expect(await firstAnswer(port, headers, [{ secret }, call]), 'the control').toContain('"shell":"browser"');
});

test('a second tab and the used address work in the same browser', async ({ app, piwork }) => {
  await app.ready();
  const printed = /http:\/\/\S+#token=\S+/.exec(piwork.output)?.[0] ?? '';
  const context = piwork.window.context();
  const second = await context.newPage();
  await second.goto(new URL(printed).origin);
  await expect(second.getByRole('navigation').first()).toBeVisible();
  await second.close();
  // No other tab can help now.
  await piwork.window.goto('about:blank');
  const bare = await context.newPage();
  await bare.goto(new URL(printed).origin);
  await expect(bare.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
  await bare.goto(printed);
  await bare.reload();
  await expect(bare.getByRole('navigation').first()).toBeVisible();
  await piwork.window.goto(printed);
  await app.ready();
  await bare.close();
});

test('only the files of the page are served', async ({ piwork }) => {
  const port = portOf(piwork.window.url());
  const headers = { Host: `127.0.0.1:${port}` };
  const paths = [
    '/../package.json',
    '/../main/cli.cjs',
    '/assets/../../main/cli.cjs',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '//etc/passwd',
    '/etc/passwd',
    '/index.html%00.js',
    '/.git/config',
    'http://127.0.0.1/etc/passwd',
  ];
  for (const path of paths) expect([path, (await ask({ port, path, headers })).status]).toEqual([path, 404]);
  for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    expect([method, (await ask({ port, method, headers })).status]).toEqual([method, 405]);
  }
  const page = await ask({ port, headers });
  expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; ");
  expect(page.headers['content-security-policy']).not.toContain('unsafe');
  expect(page.headers['access-control-allow-origin']).toBeUndefined();
});

test('a connection that is reset while it is refused harms nothing', async ({ app, piwork }) => {
  const port = portOf(piwork.window.url());
  for (let count = 0; count < 20; count += 1) await upgradeAndReset(port);
  // The server doesn't wait for a body that never ends.
  const endless = request({ host: '127.0.0.1', port, method: 'POST', path: '/session' });
  endless.setHeader('Origin', `http://127.0.0.1:${port}`);
  const status = await new Promise<number | undefined>((resolve) => {
    endless.once('response', (response) => resolve(response.statusCode));
    endless.once('error', () => resolve(undefined));
    endless.write('x'.repeat(5000));
  });
  endless.destroy();
  expect([401, undefined]).toContain(status);
  await expect(app.workspaceStatus).toContainText('Workspace asleep');
  expect((await piwork.host['app.snapshot']({})).app.shell).toBe('terminal');
});

test('a used address shows what to do, and nothing from the host', async ({ piwork, playwright }) => {
  const printed = /http:\/\/\S+#token=\S+/.exec(piwork.output)?.[0] ?? '';
  const browser = await launchChromium(playwright.chromium);
  const page = await browser.newPage();
  await page.goto(printed);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
  await browser.close();
});

test('the token leaves the address bar, and a reload keeps the session', async ({ app, piwork }) => {
  expect(piwork.window.url()).not.toContain('token');
  await piwork.window.reload();
  await app.ready();
});

test('a second start says where the first is, and ends', async ({ piwork }) => {
  const second = spawn(process.execPath, [join(installation, 'dist/main/cli.cjs'), '--browser'], {
    env: shellEnvironment({ place: piwork.place, packFolder: packFolder() }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed, [code]] = await Promise.all([text(second.stdout), once(second, 'exit') as Promise<[number | null]>]);
  expect(code).toBe(0);
  expect(printed).toContain(`Piwork is already running (process ${piwork.running.pid}).`);
  expect(/http:\/\/\S+#token=\S+/.exec(printed)?.[0]).toContain(new URL(piwork.window.url()).origin);
});

test('no code that arrives as text runs in the page', async ({ piwork }) => {
  // Playwright's own evaluation is exempt from the policy; a timer's isn't.
  const ran = await piwork.window.evaluate(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- what is tried
            new Function('return 1')();
            resolve('ran');
          } catch (error) {
            resolve(error instanceof Error ? error.name : 'refused');
          }
        }, 0);
      }),
  );
  expect(ran).toBe('EvalError');
});
