/** The tour model over HTTP. */
import { setGatewayStage, type GatewayStage } from './gateway-stage';
import { ask } from './open-gateway';

let stage: GatewayStage;
let gateway: GatewayStage['gateway'];
beforeEach(async () => {
  stage = await setGatewayStage();
  ({ gateway } = stage);
});
afterEach(() => stage.close());

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

  test('fails or is cut when asked to', async () => {
    expect((await ask(gateway, '/tour/v1/chat/completions', { body: body('tour: error 429', true) })).status).toBe(429);
    await expect(ask(gateway, '/tour/v1/chat/completions', { body: body('tour: cut', true) })).rejects.toThrow(
      'aborted',
    );
  });

  test('refuses a conversation beyond the cap', async () => {
    const answer = await ask(gateway, '/tour/v1/chat/completions', { body: 'x'.repeat(32 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
  });

  test.each([
    ['POST', '/tour/v1/files', 403],
    ['POST', '/tour/v1/models', 403],
    ['POST', '/tour/v1/chat/completions', 400],
  ])('answers %s %s with %d', async (method, path, status) => {
    expect((await ask(gateway, path, { method, body: 'not json' })).status).toBe(status);
  });
});
