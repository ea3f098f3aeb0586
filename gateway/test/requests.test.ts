/** What a guest may request, and with which token. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { completions, setGatewayStage, type GatewayStage } from './gateway-stage';
import { ask, errorOf, plantedKey, token } from './open-gateway';

let stage: GatewayStage;
let upstream: GatewayStage['upstream'];
let gateway: GatewayStage['gateway'];
beforeEach(async () => {
  stage = await setGatewayStage();
  ({ gateway, upstream } = stage);
});
afterEach(() => stage.close());

describe('the token', () => {
  test.each([
    ['none', {}],
    ['another', { authorization: `Bearer ${token.slice(0, -1)}0` }],
    ['the key itself', { authorization: `Bearer ${plantedKey}` }],
    ['another scheme', { authorization: `Basic ${token}` }],
    ['two that make none', { authorization: 'Bearer', 'x-api-key': '' }],
  ])('refuses %s with a constant answer', async (_name, headers) => {
    const answer = await ask(gateway, completions, { headers });
    expect([answer.status, errorOf(answer)]).toEqual([401, 'This request has no valid task token.']);
    expect(upstream.seen).toEqual([]);
  });

  test.each([
    ['x-api-key', { 'x-api-key': token }, ''],
    ['x-goog-api-key', { 'x-goog-api-key': token }, ''],
    ['?key=', {}, `?key=${token}`],
  ])('is read from %s', async (_name, headers, query) => {
    expect((await ask(gateway, completions + query, { headers })).status).toBe(200);
    expect(JSON.stringify(upstream.seen)).not.toContain(token);
  });
});

describe('allowed requests', () => {
  test.each([
    ['fake', 'POST', '/chat/completions', '/v1/chat/completions'],
    ['fake', 'POST', '/v1/chat/completions', '/v1/chat/completions'],
    ['fake', 'GET', '/models', '/v1/models'],
    ['claude', 'POST', '/v1/messages?beta=true', '/v1/messages?beta=true'],
    ['claude', 'GET', '/v1/models?limit=5', '/v1/models?limit=5'],
    [
      'gemini',
      'POST',
      '/models/gemini-3.8:streamGenerateContent?alt=sse',
      '/v1beta/models/gemini-3.8:streamGenerateContent?alt=sse',
    ],
    ['gemini', 'POST', '/v1beta/models/gemini-3.8:generateContent', '/v1beta/models/gemini-3.8:generateContent'],
    ['router', 'POST', '/chat/completions', '/api/v1/chat/completions'],
    ['router', 'POST', '/v1/messages?beta=true', '/api/v1/messages?beta=true'],
    ['local', 'POST', '/chat/completions', '/v1/chat/completions'],
  ])('%s %s %s goes to %s', async (name, method, path, expected) => {
    expect((await ask(gateway, `/${name}${path}`, { method })).status).toBe(200);
    expect(upstream.seen.map(({ url }) => url)).toEqual([expected]);
  });

  test.each([
    ['fake', 'POST', '/files'],
    ['fake', 'POST', '/v1/files'],
    ['fake', 'POST', '/responses'],
    ['fake', 'POST', '/embeddings'],
    ['fake', 'POST', '/chat/completions/extra'],
    ['fake', 'GET', '/chat/completions'],
    ['fake', 'PUT', '/chat/completions'],
    ['fake', 'DELETE', '/models/x'],
    ['fake', 'OPTIONS', '/chat/completions'],
    ['claude', 'POST', '/v1/files'],
    ['claude', 'POST', '/v1/messages/batches'],
    ['claude', 'POST', '/v1/organizations/invites'],
    ['claude', 'POST', '/chat/completions'],
    ['gemini', 'POST', '/upload/v1beta/files'],
    ['gemini', 'POST', '/v1beta/files'],
    ['gemini', 'POST', '/models/x:batchGenerateContent'],
    ['gemini', 'POST', '/cachedContents'],
  ])('refuses %s %s %s', async (name, method, path) => {
    const answer = await ask(gateway, `/${name}${path}`, { method });
    expect(answer.status).toBe(403);
    expect(errorOf(answer)).toContain('was refused');
    expect(upstream.seen).toEqual([]);
  });

  test.each([
    '/fake/../claude/v1/messages',
    '/fake//chat/completions',
    '/fake/%2e%2e/x',
    'http://127.0.0.1/fake/models',
    '//x',
  ])('refuses the target %s', async (target) => {
    expect((await ask(gateway, target)).status).toBe(400);
    expect(upstream.seen).toEqual([]);
  });

  test('names an unknown provider, and one without a key', async () => {
    const unknown = await ask(gateway, '/mistral/chat/completions');
    expect([unknown.status, errorOf(unknown)]).toEqual([404, expect.stringContaining('no provider mistral')]);
    const keyless = await ask(gateway, '/keyless/chat/completions');
    expect([keyless.status, errorOf(keyless)]).toEqual([
      403,
      expect.stringContaining('Add a key for Anthropic in Settings'),
    ]);
    expect(upstream.seen).toEqual([]);
  });

  test('cuts tunnels and upgrades', async () => {
    for (const head of [
      'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n',
      `GET ${completions} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    ]) {
      const socket = connect(gateway.port, '127.0.0.1');
      socket.write(head);
      socket.resume();
      await once(socket, 'close');
      expect(socket.bytesRead).toBe(0);
    }
  });
});
