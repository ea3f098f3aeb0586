/** Drops other credentials, adds ours, and lets no key come back. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { completions, setGatewayStage, type GatewayStage } from './gateway-stage';
import { ask, plantedKey, taskId, token } from './open-gateway';

let stage: GatewayStage;
let upstream: GatewayStage['upstream'];
let gateway: GatewayStage['gateway'];
beforeEach(async () => {
  stage = await setGatewayStage();
  ({ gateway, upstream } = stage);
});
afterEach(() => stage.close());

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
  ])("drops the guest's credentials and gives %s the person's", async (name, path, header, value) => {
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

  test('sends none to a local server without a key', async () => {
    await ask(gateway, '/local/chat/completions', { headers: { ...hostile, 'x-api-key': token } });
    expect(JSON.stringify(upstream.seen)).not.toMatch(/attacker|authorization|api-key/);
  });

  test('a provider that echoes the request reveals no key to the guest', async () => {
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
    const masked = 'x'.repeat(plantedKey.length);
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
    // A provider that is down, and a ledger that can't be written
    expect(gateway.logged).toHaveLength(2);
    expect(JSON.stringify([gateway.logged, gateway.exchanges])).not.toContain(plantedKey);
  });
});
