/** Requests and answers that stream, and what happens when either side leaves. */
import { once } from 'node:events';
import { completions, setGatewayStage, type GatewayStage } from './gateway-stage';
import { ask, responseTo, sendHead } from './open-gateway';

let stage: GatewayStage;
let upstream: GatewayStage['upstream'];
let gateway: GatewayStage['gateway'];
beforeEach(async () => {
  stage = await setGatewayStage();
  ({ gateway, upstream } = stage);
});
afterEach(() => stage.close());

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

  test('an answer that is cut is also cut for the guest, never ended', async () => {
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
