/** The ledger of everything that leaves. */
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { completions, setGatewayStage, type GatewayStage } from './gateway-stage';
import { ask, errorOf, taskId } from './open-gateway';

let stage: GatewayStage;
let upstream: GatewayStage['upstream'];
let gateway: GatewayStage['gateway'];
beforeEach(async () => {
  stage = await setGatewayStage();
  ({ gateway, upstream } = stage);
});
afterEach(() => stage.close());

describe('the ledger', () => {
  test('contains a request before its first byte leaves, and its end', async () => {
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

  test('starts a new line after a torn one', async () => {
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

  test("nothing leaves that can't be recorded", async () => {
    rmSync(join(gateway.stateFolder, 'tasks', taskId), { recursive: true });
    const answer = await ask(gateway, completions);
    expect([answer.status, errorOf(answer)]).toEqual([507, expect.stringContaining('nothing was sent')]);
    expect(upstream.seen).toEqual([]);
  });

  test('the tour records no line, because nothing leaves', async () => {
    const answer = await ask(gateway, '/tour/v1/models', { method: 'GET' });
    expect(JSON.parse(answer.body)).toMatchObject({ data: [{ id: 'tour' }] });
    expect(() => gateway.ledger()).toThrow('ENOENT');
  });
});
