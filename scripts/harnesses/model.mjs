// A model on 127.0.0.1 that says what a trace prescribes, one reply per request, streamed or complete.
import { createServer } from 'node:http';
import { once } from 'node:events';

/** @typedef {{ name: string, input: object }} Call */
/** @typedef {{ text?: string, call?: Call }} Said */

const usage = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 };

/** @param {Said} said @param {number} count */
function parts({ text = '', call }, count) {
  const made = call && { name: call.name, arguments: JSON.stringify(call.input) };
  const calls = made ? [{ index: 0, id: `call_${count}`, type: 'function', function: made }] : [];
  return { content: text, ...(calls.length > 0 && { tool_calls: calls }) };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Said} said
 * @param {number} count
 * @param {boolean} isStreamed
 */
function answer(response, said, count, isStreamed) {
  const body = { id: `c${count}`, created: 1, model: 'scripted' };
  const finish_reason = said.call ? 'tool_calls' : 'stop';
  if (!isStreamed) {
    const message = { role: 'assistant', ...parts(said, count) };
    response.writeHead(200, { 'content-type': 'application/json' });
    const choices = [{ index: 0, message, finish_reason }];
    response.end(JSON.stringify({ ...body, object: 'chat.completion', choices, usage }));
    return;
  }
  const chunk = (/** @type {object} */ rest) =>
    response.write(`data: ${JSON.stringify({ ...body, object: 'chat.completion.chunk', ...rest })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  chunk({ choices: [{ index: 0, delta: parts(said, count), finish_reason: null }] });
  chunk({ choices: [{ index: 0, delta: {}, finish_reason }] });
  chunk({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}

/** Says `replies` in turn, then that it has nothing left; records what it was asked. @param {Said[]} replies */
export async function startModel(replies) {
  /** @type {Array<{ messages: unknown, stream?: boolean }>} */
  const asked = [];
  const left = [...replies];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request.setEncoding('utf8')) text += part;
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'scripted', object: 'model' }] }));
      return;
    }
    const body = JSON.parse(text);
    asked.push(body);
    answer(response, left.shift() ?? { text: 'There is nothing left to say.' }, asked.length, body.stream === true);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: /** @type {import('node:net').AddressInfo} */ (server.address()).port,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
