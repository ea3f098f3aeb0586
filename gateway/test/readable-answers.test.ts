/** Answers that the agent could not read: in a form that it reads, or as an error in the provider's words. */
import { readWholeAnswer } from '../whole-answer';
import { repairEvents } from '../repair-events';
import { startFakeUpstream, type FakeUpstream } from './fake-upstream';
import { ask, openGateway, plantedKey, provider, type OpenGateway } from './open-gateway';

let upstream: FakeUpstream;
let gateway: OpenGateway;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  gateway = await openGateway([provider(upstream.url)]);
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

const request = { body: JSON.stringify({ model: 'm', stream: true, messages: [] }) };

function answerWith(type: string, body: string): void {
  upstream.answer = (_request, response) => {
    response.writeHead(200, { 'content-type': type });
    response.end(body);
  };
}

const chunk = (delta: object, reason: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;

const call = (index: number, id: string | undefined, args: unknown, name?: string) => ({
  tool_calls: [{ index, ...(id && { id }), function: { ...(name && { name }), arguments: args } }],
});

/** The chunks of a stream after the repair, cut into pieces of `size` bytes before. */
async function repaired(text: string, size = text.length): Promise<string> {
  const bytes = Buffer.from(text);
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
  }
  let out = '';
  for await (const piece of repairEvents(pieces())) out += piece.toString('latin1');
  return Buffer.from(out, 'latin1').toString();
}

const choicesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => (JSON.parse(line.slice(6)) as { choices: [{ delta: unknown; finish_reason: unknown }] }).choices[0]);

describe('a web page, an error or an object instead of a stream', () => {
  test.each([
    ['a web page', 'text/html', '<html><style>p{}</style><body>Login portal</body></html>', 'It says: Login portal'],
    ['an error', 'application/json', '{"error":{"message":"Quota XYZ"}}', 'It says: Quota XYZ'],
    ['an error in text', 'text/plain', '{"detail":"No such route"}', 'It says: No such route'],
    ['another object', 'application/json', '{"status":"ok"}', 'It says: {"status":"ok"}'],
  ])('%s is an error in its words', async (_name, type, body, words) => {
    answerWith(type, body);
    const answer = await ask(gateway, '/fake/chat/completions', request);
    expect([answer.status, answer.body]).toEqual([422, expect.stringContaining(JSON.stringify(words).slice(1, -1))]);
  });

  test.each([
    ['a web page', (key: string) => `<html>${key}</html>`],
    ['an error', (key: string) => JSON.stringify({ error: { message: `Bad key ${key}` } })],
    // Cut words would show part of the key, which nothing recognises any more.
    ['an object longer than the words that are shown', (key: string) => JSON.stringify({ a: 'x'.repeat(285), key })],
  ])('%s with the key in it is refused, and no part of the key is passed', async (_name, bodyWith) => {
    answerWith('application/json', bodyWith(plantedKey));
    const answer = await ask(gateway, '/fake/chat/completions', request);
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('put your key into its answer')]);
    expect(answer.body).not.toContain(plantedKey.slice(0, 6));
  });

  test('the whole answer is sent as the stream that was asked for', async () => {
    const message = { role: 'assistant', content: 'Hello', tool_calls: [{ id: 'a', function: { name: 'ls' } }] };
    answerWith('application/json', JSON.stringify({ id: 'c', choices: [{ message, finish_reason: 'tool_calls' }] }));
    const answer = await ask(gateway, '/fake/chat/completions', request);
    expect(choicesOf(answer.body)).toMatchObject([
      { delta: { content: 'Hello', tool_calls: [{ index: 0, id: 'a', function: { name: 'ls' } }] } },
      { delta: {}, finish_reason: 'tool_calls' },
    ]);
  });

  test('events without their content type pass as they are', async () => {
    const events = chunk({ content: 'Hello' }) + chunk({}, 'stop');
    answerWith('text/plain', events);
    expect((await ask(gateway, '/fake/chat/completions', request)).body).toBe(events);
  });
});

describe('events', () => {
  const ordinary = [
    ': comment\n\n',
    chunk({ role: 'assistant', content: 'grüße 🙂' }),
    chunk(call(0, 'a', '{"x":', 'bash')),
    chunk(call(0, undefined, '1}')),
    chunk(call(1, 'b', '{}', 'bash')),
    'event: ping\ndata: {}\r\n\r\n',
    chunk({}, 'tool_calls'),
    'data: [DONE]\n\n',
    'data: {"half":',
  ].join('');

  test.each([1, 7, 100_000])('pass byte for byte in pieces of %i bytes', async (size) => {
    expect(await repaired(ordinary, size)).toBe(ordinary);
  });

  test('two calls with one number get their own', async () => {
    const text =
      chunk(call(0, 'a', '{"x":1}', 'bash')) + chunk(call(0, 'b', '{"y"', 'bash')) + chunk(call(0, '', ':2}'));
    expect(choicesOf(await repaired(text))).toMatchObject([
      { delta: { tool_calls: [{ index: 0, id: 'a' }] } },
      { delta: { tool_calls: [{ index: 1, id: 'b' }] } },
      { delta: { tool_calls: [{ index: 1, function: { arguments: ':2}' } }] } },
    ]);
  });

  test('a call whose id changes before it is whole stays one', async () => {
    const text = chunk(call(0, 'a', '{"x":', 'bash')) + chunk(call(0, 'a2', '1}', 'bash'));
    expect(await repaired(text)).toBe(text);
  });

  test('text in parts, arguments as an object and a refusal become what the agent reads', async () => {
    const parts = [
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo' },
    ];
    const text = [
      chunk({ content: parts }),
      chunk(call(0, 'a', { command: 'ls' }, 'bash')),
      chunk({ refusal: 'I will not.' }),
      chunk({}, 'stop'),
    ].join('');
    expect(choicesOf(await repaired(text))).toMatchObject([
      { delta: { content: 'Hello' } },
      { delta: { tool_calls: [{ function: { arguments: '{"command":"ls"}' } }] } },
      { delta: { content: 'I will not.' } },
      { finish_reason: 'refusal' },
    ]);
  });
});

test('an empty body is left to the agent, which says that the answer is incomplete', () => {
  expect(readWholeAnswer('', true, { label: 'Fake', host: 'h' })).toEqual({ kind: 'as-it-is' });
});
