/** A model on 127.0.0.1 that gives the replies it is told to, one for each request. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Reply {
  readonly text?: string;
  readonly calls?: readonly { readonly name: string; readonly input: object }[];
  /** How many tokens it says the request had */
  readonly tokens?: number;
}

export interface Asked {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: {
    readonly messages: readonly { readonly role: string; readonly content: unknown }[];
    readonly tools?: readonly { readonly function: { readonly name: string } }[];
  } & Readonly<Record<string, unknown>>;
}

function write(response: ServerResponse, { text = '', calls = [], tokens = 10 }: Reply, count: number): void {
  const chunk = (choice: object): void => {
    const body = { id: `c${count}`, object: 'chat.completion.chunk', created: 1, model: 'scripted' };
    response.write(`data: ${JSON.stringify({ ...body, choices: [{ index: 0, ...choice }] })}\n\n`);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-trial': 'answer' });
  for (const word of text.split(/(?<= )/)) chunk({ delta: { content: word }, finish_reason: null });
  calls.forEach(({ name, input }, index) => {
    const made = { name, arguments: JSON.stringify(input) };
    chunk({ delta: { tool_calls: [{ index, id: `call_${count}_${index}`, type: 'function', function: made }] } });
  });
  chunk({ delta: {}, finish_reason: calls.length > 0 ? 'tool_calls' : 'stop' });
  const usage = { prompt_tokens: tokens, completion_tokens: 2, total_tokens: tokens + 2 };
  response.write(
    `data: ${JSON.stringify({ id: `c${count}`, object: 'x', created: 1, model: 'scripted', choices: [], usage })}\n\n`,
  );
  response.end('data: [DONE]\n\n');
}

export class TrialModel {
  readonly asked: Asked[] = [];
  /** Its next reply; `ok` when none are left */
  readonly replies: Reply[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8');
      request.on('data', (part: string) => (text += part));
      request.on('end', () => {
        this.asked.push({ headers: request.headers, body: JSON.parse(text) as Asked['body'] });
        write(response, this.replies.shift() ?? { text: 'ok' }, this.asked.length);
      });
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Everything in the last request, as text. */
  lastRequest(): string {
    return JSON.stringify(this.asked.at(-1)?.body);
  }
}
