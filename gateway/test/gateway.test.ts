/** The gateway between a guest that may be hostile and a provider that may be broken. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeUpstream, type FakeUpstream } from './fake-upstream';
import {
  ask,
  errorOf,
  openGateway,
  plantedKey,
  provider,
  responseTo,
  sendHead,
  taskId,
  token,
  type OpenGateway,
} from './open-gateway';

let upstream: FakeUpstream;
let gateway: OpenGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await openGateway([
    provider(`${upstream.url}/v1`),
    provider(upstream.url, { name: 'claude', api: 'anthropic-messages', apis: ['anthropic-messages'] }),
    provider(`${upstream.url}/v1beta`, {
      name: 'gemini',
      api: 'google-generative-ai',
      apis: ['google-generative-ai'],
    }),
    provider(`${upstream.url}/api/v1`, { name: 'router', apis: ['openai-completions', 'anthropic-messages'] }),
    provider(upstream.url, { name: 'keyless', label: 'Anthropic', key: null }),
    provider(`${upstream.url}/v1`, { name: 'local', key: null, needsKey: false }),
    provider('http://127.0.0.1:1/v1', { name: 'down' }),
    provider('http://host.invalid/v1', { name: 'nowhere' }),
  ]);
});
afterEach(async () => {
  await gateway.close();
  await upstream.close();
});

const completions = '/fake/chat/completions';

describe('the token', () => {
  test.each([
    ['none', {}],
    ['another', { authorization: `Bearer ${token.slice(0, -1)}0` }],
    ['the key itself', { authorization: `Bearer ${plantedKey}` }],
    ['another scheme', { authorization: `Basic ${token}` }],
    ['two that make none', { authorization: 'Bearer', 'x-api-key': '' }],
  ])('%s is refused with a constant answer', async (_name, headers) => {
    const answer = await ask(gateway, completions, { headers });
    expect([answer.status, errorOf(answer)]).toEqual([401, 'This request has no valid task token.']);
    expect(upstream.seen).toEqual([]);
  });

  test.each([
    ['x-api-key', { 'x-api-key': token }, ''],
    ['x-goog-api-key', { 'x-goog-api-key': token }, ''],
    ['?key=', {}, `?key=${token}`],
  ])('is taken from %s', async (_name, headers, query) => {
    expect((await ask(gateway, completions + query, { headers })).status).toBe(200);
    expect(JSON.stringify(upstream.seen)).not.toContain(token);
  });
});

describe('what may leave', () => {
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
  ])('%s %s %s is refused', async (name, method, path) => {
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
  ])('the target %s is refused', async (target) => {
    expect((await ask(gateway, target)).status).toBe(400);
    expect(upstream.seen).toEqual([]);
  });

  test('an unknown provider and one without a key are named', async () => {
    const unknown = await ask(gateway, '/mistral/chat/completions');
    expect([unknown.status, errorOf(unknown)]).toEqual([404, expect.stringContaining('no provider mistral')]);
    const keyless = await ask(gateway, '/keyless/chat/completions');
    expect([keyless.status, errorOf(keyless)]).toEqual([
      403,
      expect.stringContaining('Add a key for Anthropic in Settings'),
    ]);
    expect(upstream.seen).toEqual([]);
  });

  test('tunnels and upgrades are cut', async () => {
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

describe('credentials', () => {
  const hostile = {
    authorization: 'Bearer attacker',
    'x-api-key': 'attacker',
    'x-goog-api-key': 'attacker',
    'api-key': 'attacker',
    'proxy-authorization': 'Basic attacker',
    cookie: 'session=attacker',
    'x-amz-security-token': 'attacker',
    'cf-aig-authorization': 'attacker',
    'openai-organization': 'attacker',
    'openai-project': 'attacker',
    'x-goog-user-project': 'attacker',
    'anthropic-organization-id': 'attacker',
    'x-forwarded-for': 'attacker',
    'x-unheard-of-key': 'attacker',
    host: 'attacker.example',
    te: 'trailers',
    trailer: 'x-attacker',
    'keep-alive': 'timeout=attacker',
    connection: 'keep-alive, x-attacker',
  };
  const queries = '&api_key=attacker&access_token=attacker&api-version=attacker&$key=attacker&key=attacker';

  test.each([
    ['fake', '/chat/completions', 'authorization', `Bearer ${plantedKey}`],
    ['claude', '/v1/messages', 'x-api-key', plantedKey],
    ['gemini', '/models/x:generateContent', 'x-goog-api-key', plantedKey],
    ['router', '/v1/messages', 'authorization', `Bearer ${plantedKey}`],
  ])('of the guest are dropped and %s gets the one of the person', async (name, path, header, value) => {
    const headers = { ...hostile, 'content-type': 'application/json', 'anthropic-beta': 'x', 'x-stainless-lang': 'js' };
    const answer = await ask(gateway, `/${name}${path}?key=${token}&beta=true${queries}`, { headers });
    expect(answer.status).toBe(200);
    const [seen] = upstream.seen;
    expect(JSON.stringify(seen)).not.toContain('attacker');
    expect(seen?.headers).toEqual({
      'content-type': 'application/json',
      'anthropic-beta': 'x',
      'x-stainless-lang': 'js',
      'accept-encoding': 'identity',
      connection: 'keep-alive',
      'transfer-encoding': 'chunked',
      host: upstream.url.slice('http://'.length),
      [header]: value,
    });
    expect(seen?.url).toMatch(/\?beta=true$/);
  });

  test('a local server without a key gets none', async () => {
    await ask(gateway, '/local/chat/completions', { headers: { ...hostile, 'x-api-key': token } });
    expect(JSON.stringify(upstream.seen)).not.toMatch(/attacker|authorization|api-key/);
  });

  test('a provider that echoes what it was sent hands no key to the guest', async () => {
    upstream.answer = ({ headers }, response) => {
      response.writeHead(401, {
        'x-request-id': `id-${plantedKey}`,
        'set-cookie': 'a=b',
        location: '/x',
        'x-else': '1',
      });
      response.write(JSON.stringify(headers).slice(0, -10));
      setImmediate(() => {
        response.write(`tail ${plantedKey.slice(0, 9)}`);
        setImmediate(() => response.end(`${plantedKey.slice(9)} and ${plantedKey}${plantedKey}`));
      });
    };
    const answer = await ask(gateway, completions);
    expect(answer.status).toBe(401);
    expect(JSON.stringify(answer)).not.toContain(plantedKey);
    const masked = '*'.repeat(plantedKey.length);
    expect(answer.body).toContain(`tail ${masked} and ${masked}${masked}`);
    expect(answer.headers).toMatchObject({ 'x-request-id': `id-${masked}` });
    expect(Object.keys(answer.headers)).not.toEqual(expect.arrayContaining(['set-cookie']));
    expect(answer.headers['location'] ?? answer.headers['x-else']).toBeUndefined();
  });

  test('the key is in no ledger, log or report', async () => {
    for (const path of [completions, '/down/chat/completions']) {
      const over = gateway.nextExchange();
      await ask(gateway, path, { body: 'x' });
      await over;
    }
    expect(JSON.stringify(gateway.ledger())).not.toContain(plantedKey);
    rmSync(join(gateway.stateFolder, 'tasks', taskId), { recursive: true });
    await ask(gateway, completions);
    // The provider that is down, and the ledger that cannot be written
    expect(gateway.logged).toHaveLength(2);
    expect(JSON.stringify([gateway.logged, gateway.exchanges])).not.toContain(plantedKey);
  });
});

describe('streams', () => {
  test('the first chunk arrives before the provider has ended', async () => {
    let finish: (() => void) | undefined;
    upstream.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
      finish = () => response.end('data: last\n\n');
    };
    const request = sendHead(gateway, completions);
    request.end('{}');
    const response = await responseTo(request);
    const chunks = (response as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    expect(String((await chunks.next()).value)).toBe('data: first\n\n');
    finish?.();
    expect(String((await chunks.next()).value)).toBe('data: last\n\n');
    expect((await chunks.next()).done).toBe(true);
  });

  test('the head arrives before the first byte of the body', async () => {
    let finish: (() => void) | undefined;
    upstream.answer = (_request, response) => {
      response.flushHeaders();
      finish = () => response.end();
    };
    const request = sendHead(gateway, completions);
    request.end('{}');
    const response = await responseTo(request);
    expect(response.statusCode).toBe(200);
    finish?.();
    response.resume();
    await once(response, 'end');
  });

  test('the body reaches the provider while it is being sent', async () => {
    const arrived = new Promise<string>((resolve) => {
      upstream.intercept = (incoming, response) => {
        incoming.once('data', (chunk: Buffer) => resolve(chunk.toString()));
        incoming.on('end', () => response.end('{}'));
        return true;
      };
    });
    const request = sendHead(gateway, completions);
    request.write('first part');
    expect(await arrived).toBe('first part');
    request.end('second part');
    const response = await responseTo(request);
    response.resume();
    await once(response, 'end');
  });

  test('an answer that is cut is cut for the guest too, never ended', async () => {
    upstream.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: half');
      setImmediate(() => response.destroy());
    };
    const over = gateway.nextExchange();
    await expect(ask(gateway, completions)).rejects.toThrow('aborted');
    expect(await over).toMatchObject({ outcome: 'cut', status: 200, responseBytes: 10 });
  });

  test('a guest that leaves ends the request to the provider', async () => {
    const left = new Promise<void>((resolve) => {
      upstream.answer = (_request, response) => {
        response.write('data: first\n\n');
        response.on('close', resolve);
      };
    });
    const over = gateway.nextExchange();
    const request = sendHead(gateway, completions);
    request.end('{}');
    const response = await responseTo(request);
    await once(response, 'data');
    response.on('error', () => undefined);
    request.destroy();
    await left;
    expect(await over).toMatchObject({ outcome: 'left' });
  });

  test('a guest that leaves in the middle of its body ends the request too', async () => {
    const closed = new Promise<void>((resolve) => {
      upstream.intercept = (incoming) => {
        incoming.resume();
        incoming.on('error', () => undefined);
        incoming.on('close', resolve);
        request.destroy();
        return true;
      };
    });
    const over = gateway.nextExchange();
    const request = sendHead(gateway, completions);
    request.on('error', () => undefined);
    request.write('half');
    await closed;
    expect(await over).toMatchObject({ outcome: 'left', status: null });
  });

  test('a large answer comes through whole', async () => {
    const large = 'ключ 🔑 '.repeat(200_000);
    upstream.answer = (_request, response) => response.end(large);
    expect((await ask(gateway, completions)).body).toBe(large);
  });
});

describe('faults', () => {
  test.each([401, 429, 500])('HTTP %d of the provider is passed on with its words', async (status) => {
    upstream.answer = (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' });
      response.end('{"error":{"message":"no"}}');
    };
    const answer = await ask(gateway, completions);
    expect(answer).toMatchObject({ status, body: '{"error":{"message":"no"}}', headers: { 'retry-after': '7' } });
  });

  test('a provider that is down or unknown is named with what to do', async () => {
    const down = await ask(gateway, '/down/chat/completions');
    expect([down.status, errorOf(down)]).toEqual([
      502,
      expect.stringMatching(/^Nothing answers at 127\.0\.0\.1:1\. If/),
    ]);
    const nowhere = await ask(gateway, '/nowhere/chat/completions');
    expect([nowhere.status, errorOf(nowhere)]).toEqual([502, expect.stringMatching(/^host\.invalid wasn't found/)]);
  });

  test('plain HTTP where TLS is expected is named', async () => {
    const secure = await openGateway([provider(upstream.url.replace('http:', 'https:'))]);
    const answer = await ask(secure, completions);
    expect([answer.status, errorOf(answer)]).toEqual([502, expect.stringContaining("isn't secure")]);
    await secure.close();
  });

  test('a provider that closes before it answers is named', async () => {
    upstream.answer = (_request, response) => response.destroy();
    const answer = await ask(gateway, completions);
    expect([answer.status, errorOf(answer)]).toEqual([502, expect.stringContaining('closed the connection')]);
  });

  test('a redirect is not followed and the key goes nowhere else', async () => {
    upstream.answer = (_request, response) => {
      response.writeHead(307, { location: 'https://elsewhere.example/' });
      response.end();
    };
    const answer = await ask(gateway, completions);
    expect([answer.status, errorOf(answer)]).toEqual([502, expect.stringContaining('Correct the base URL of Fake')]);
    expect(upstream.seen).toHaveLength(1);
  });

  test('an answer before the body is through still arrives', async () => {
    upstream.intercept = (_incoming, response) => {
      response.writeHead(413);
      response.end('too much');
      return true;
    };
    const request = sendHead(gateway, completions);
    request.on('error', () => undefined);
    const answered = responseTo(request);
    request.write('x'.repeat(1_000_000));
    const response = await answered;
    expect(response.statusCode).toBe(413);
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('too much');
    request.destroy();
  });

  test('a body beyond the cap is refused, announced or not', async () => {
    const cap = 32 * 1024 * 1024;
    const announced = await ask(gateway, completions, {
      headers: { authorization: `Bearer ${token}`, 'content-length': cap + 1 },
      body: 'x'.repeat(cap + 1),
    });
    expect(announced.status).toBe(413);
    expect(upstream.seen).toEqual([]);
    const request = sendHead(gateway, completions, {
      authorization: `Bearer ${token}`,
      'transfer-encoding': 'chunked',
    });
    request.on('error', () => undefined);
    const answered = responseTo(request);
    for (let sent = 0; sent <= cap; sent += 1024 * 1024) request.write(Buffer.alloc(1024 * 1024));
    const response = await answered;
    expect(response.statusCode).toBe(413);
    response.resume();
    await once(response, 'end');
    request.destroy();
    expect(upstream.seen).toEqual([]);
  });
});

describe('TLS', () => {
  const scope = mkdtempSync(join(tmpdir(), 'piwork-tls-'));
  afterAll(() => rmSync(scope, { recursive: true, force: true }));

  /** A certificate of our own making, or `null` where there is no openssl to make it. */
  const makeCertificate = (): { key: string; cert: string } | null => {
    const files = ['-keyout', join(scope, 'key.pem'), '-out', join(scope, 'cert.pem')];
    const what = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const whose = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    if (spawnSync('openssl', ['req', '-x509', ...what, ...whose, ...files]).status !== 0) return null;
    return { key: readFileSync(join(scope, 'key.pem'), 'utf8'), cert: readFileSync(join(scope, 'cert.pem'), 'utf8') };
  };

  test('sends nothing to a provider whose certificate nobody vouches for', async () => {
    const certificate = makeCertificate();
    if (!certificate) return console.log('TLS is not tried: there is no openssl to make a certificate.');
    const seen: unknown[] = [];
    const server = createServer(certificate, (request, response) => {
      seen.push(request.headers.authorization);
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    const suspicious = await openGateway([provider(url)]);
    const answer = await ask(suspicious, completions);
    expect([answer.status, errorOf(answer), seen]).toEqual([502, expect.stringContaining("isn't secure"), []]);
    const trusting = await openGateway([provider(url)], certificate.cert);
    expect((await ask(trusting, completions)).status).toBe(200);
    expect(seen).toEqual([`Bearer ${plantedKey}`]);
    await Promise.all([suspicious.close(), trusting.close()]);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('the ledger', () => {
  test('names a request before its first byte leaves, and its end', async () => {
    let before: unknown;
    upstream.answer = (_request, response) => {
      before = gateway.ledger();
      response.end('12345');
    };
    await ask(gateway, '/fake/chat/completions?key=secret', { body: '{"a":1}' });
    const request = {
      type: 'request',
      id: expect.any(String) as string,
      at: expect.any(Number) as number,
      taskId,
      provider: 'fake',
      host: upstream.url.slice('http://'.length),
      method: 'POST',
      path: '/v1/chat/completions',
      requestBytes: 7,
    };
    expect(before).toEqual([request]);
    await expectLedger([
      request,
      {
        type: 'response',
        id: gateway.ledger()[0]?.['id'],
        at: expect.any(Number) as number,
        taskId,
        outcome: 'complete',
        status: 200,
        requestBytes: 7,
        responseBytes: 5,
        durationMs: expect.any(Number) as number,
      },
    ]);
  });

  const expectLedger = async (lines: unknown): Promise<void> => {
    if (gateway.exchanges.length === 0) await gateway.nextExchange();
    expect(gateway.ledger()).toEqual(lines);
  };

  test('keeps its lines apart after one that was torn', async () => {
    const path = join(gateway.stateFolder, 'tasks', taskId, 'ledger.jsonl');
    appendFileSync(path, '{"type":"requ');
    const over = gateway.nextExchange();
    await ask(gateway, completions);
    await over;
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines[0]).toBe('{"type":"requ');
    expect(lines.slice(1, 3).map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
      'request',
      'response',
    ]);
    expect(lines.slice(3)).toEqual(['']);
  });

  test('what cannot be written down does not leave', async () => {
    rmSync(join(gateway.stateFolder, 'tasks', taskId), { recursive: true });
    const answer = await ask(gateway, completions);
    expect([answer.status, errorOf(answer)]).toEqual([507, expect.stringContaining('nothing was sent')]);
    expect(upstream.seen).toEqual([]);
  });

  test('the tour leaves no line, since nothing leaves', async () => {
    const answer = await ask(gateway, '/tour/v1/models', { method: 'GET' });
    expect(JSON.parse(answer.body)).toMatchObject({ data: [{ id: 'tour' }] });
    expect(() => gateway.ledger()).toThrow('ENOENT');
  });
});

describe('the tour over HTTP', () => {
  const body = (message: string, stream: boolean): string =>
    JSON.stringify({
      model: 'tour',
      stream,
      tools: [{ function: { name: 'bash' } }],
      messages: [{ role: 'user', content: message }],
    });

  test('streams, and answers whole', async () => {
    const streamed = await ask(gateway, '/tour/v1/chat/completions', { body: body('tour: ask', true) });
    expect(streamed.headers['content-type']).toContain('text/event-stream');
    expect(streamed.body).toMatch(/data: \[DONE\]\n\n$/);
    const whole = await ask(gateway, '/tour/chat/completions', { body: body('tour: run ls', false) });
    expect(JSON.parse(whole.body)).toMatchObject({ choices: [{ finish_reason: 'tool_calls' }] });
  });

  test('fails and is cut when asked to', async () => {
    expect((await ask(gateway, '/tour/v1/chat/completions', { body: body('tour: error 429', true) })).status).toBe(429);
    await expect(ask(gateway, '/tour/v1/chat/completions', { body: body('tour: cut', true) })).rejects.toThrow(
      'aborted',
    );
  });

  test('a conversation beyond the cap is refused', async () => {
    const answer = await ask(gateway, '/tour/v1/chat/completions', { body: 'x'.repeat(32 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
  });

  test.each([
    ['POST', '/tour/v1/files', 403],
    ['POST', '/tour/v1/models', 403],
    ['POST', '/tour/v1/chat/completions', 400],
  ])('%s %s is answered with %d', async (method, path, status) => {
    expect((await ask(gateway, path, { method, body: 'not json' })).status).toBe(status);
  });
});
