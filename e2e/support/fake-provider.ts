/**
 * A provider on this computer that speaks OpenAI's API: it records the credentials it receives, and can refuse them.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface FakeProvider {
  readonly baseUrl: string;
  /** The `authorization` headers so far */
  readonly credentials: string[];
  /** Set to answer 401 with the credential in the message, as real providers do */
  isRefusing: boolean;
  close(): Promise<void>;
}

const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

const whole = (content: string): string =>
  JSON.stringify({
    id: 'c1',
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  });

/** Listens on a free port of 127.0.0.1; every answer is `answer`. */
export async function startFakeProvider(answer: string): Promise<FakeProvider> {
  const credentials: string[] = [];
  const server = createServer((request, response) => {
    const credential = request.headers.authorization ?? '';
    credentials.push(credential);
    if (provider.isRefusing) {
      const message = `Incorrect API key provided: ${credential.replace('Bearer ', '')}.`;
      response.writeHead(401, { 'content-type': 'application/json', 'x-your-key': credential });
      response.end(JSON.stringify({ error: { message, type: 'invalid_request_error', code: 'invalid_api_key' } }));
      return;
    }
    void text(request).then((body) => {
      if (!body.includes('"stream":true')) return response.end(whole(answer));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk({ role: 'assistant', content: '' }));
      response.write(chunk({ content: answer }));
      return response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const provider: FakeProvider = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    credentials,
    isRefusing: false,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return provider;
}
