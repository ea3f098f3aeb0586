/** A provider that fails, redirects or can't prove its identity. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completions, setGatewayStage, type GatewayStage } from './gateway-stage';
import { ask, errorOf, openGateway, plantedKey, provider, responseTo, sendHead, token } from './open-gateway';

let stage: GatewayStage;
let upstream: GatewayStage['upstream'];
let gateway: GatewayStage['gateway'];
beforeEach(async () => {
  stage = await setGatewayStage();
  ({ gateway, upstream } = stage);
});
afterEach(() => stage.close());

describe('faults', () => {
  test.each([401, 429, 500])("passes on the provider's HTTP %d with its words", async (status) => {
    upstream.answer = (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' });
      response.end('{"error":{"message":"no"}}');
    };
    const answer = await ask(gateway, completions);
    expect(answer).toMatchObject({ status, body: '{"error":{"message":"no"}}', headers: { 'retry-after': '7' } });
  });

  test('names a provider that is down or unknown, and what to do', async () => {
    const down = await ask(gateway, '/down/chat/completions');
    expect([down.status, errorOf(down)]).toEqual([
      502,
      expect.stringMatching(/^Nothing answers at 127\.0\.0\.1:1\. If/),
    ]);
    const nowhere = await ask(gateway, '/nowhere/chat/completions');
    expect([nowhere.status, errorOf(nowhere)]).toEqual([502, expect.stringMatching(/^host\.invalid wasn't found/)]);
  });

  test('names plain HTTP where TLS is expected', async () => {
    const secure = await openGateway([provider(upstream.url.replace('http:', 'https:'))]);
    const answer = await ask(secure, completions);
    expect([answer.status, errorOf(answer)]).toEqual([502, expect.stringContaining("isn't secure")]);
    await secure.close();
  });

  test('names a provider that closes before it answers', async () => {
    upstream.answer = (_request, response) => response.destroy();
    const answer = await ask(gateway, completions);
    expect([answer.status, errorOf(answer)]).toEqual([502, expect.stringContaining('closed the connection')]);
  });

  test("doesn't follow a redirect, and sends the key nowhere else", async () => {
    upstream.answer = (_request, response) => {
      response.writeHead(307, { location: 'https://elsewhere.example/' });
      response.end();
    };
    const answer = await ask(gateway, completions);
    expect([answer.status, errorOf(answer)]).toEqual([502, expect.stringContaining('Correct the base URL of Fake')]);
    expect(upstream.seen).toHaveLength(1);
  });

  test('an answer that comes before the body is sent still arrives', async () => {
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

  test('refuses a body beyond the cap, announced or not', async () => {
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

  /** A self-made certificate, or `null` when there is no openssl to make it. */
  const makeCertificate = (): { key: string; cert: string } | null => {
    const files = ['-keyout', join(scope, 'key.pem'), '-out', join(scope, 'cert.pem')];
    const what = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const whose = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    if (spawnSync('openssl', ['req', '-x509', ...what, ...whose, ...files]).status !== 0) return null;
    return { key: readFileSync(join(scope, 'key.pem'), 'utf8'), cert: readFileSync(join(scope, 'cert.pem'), 'utf8') };
  };

  test('sends nothing to a provider with an untrusted certificate', async () => {
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
