/** A successful answer is passed on byte for byte, or stopped with an error message; it's never changed. */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { startFakeUpstream, type FakeUpstream } from './fake-upstream';
import { ask, errorOf, openGateway, plantedKey, provider, type Answer, type OpenGateway } from './open-gateway';

let upstream: FakeUpstream;
let gateway: OpenGateway;
const words = ['ollama', 'null', 'tool', 'sk-test', 'chat.completion.chunk'];

beforeAll(async () => {
  upstream = await startFakeUpstream();
  gateway = await openGateway([
    provider(upstream.url),
    ...words.map((key, index) => provider(upstream.url, { name: `word-${index}`, key })),
  ]);
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

type Headers = Readonly<Record<string, string>>;
const eventStream: Headers = { 'content-type': 'text/event-stream' };
const json: Headers = { 'content-type': 'application/json' };

/** Answers with these chunks, each in a separate packet. */
function answerWith(chunks: readonly (string | Buffer)[], headers: Headers = eventStream, status = 200): void {
  upstream.answer = (_request, response) => {
    response.writeHead(status, headers);
    response.socket?.setNoDelay(true);
    const send = ([chunk, ...rest]: readonly (string | Buffer)[]): void => {
      if (chunk === undefined) return void response.end();
      response.write(chunk, () => setImmediate(send, rest));
    };
    send(chunks);
  };
}

const askProvider = (name = 'fake'): Promise<Answer> => ask(gateway, `/${name}/chat/completions`);

/** Pseudorandom numbers below a limit, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

function cut(text: Buffer, below: (bound: number) => number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < text.length;) {
    const to = at + 1 + below(below(3) === 0 ? 4 : 200);
    chunks.push(text.subarray(at, to));
    at = to;
  }
  return chunks;
}

/** Pieces that look like parts of the key in each of its forms, and what streams consist of */
const pieces = (key: string): readonly string[] => [
  ...[0, 1, 2].map((skipped) => Buffer.from(key.slice(skipped, -2)).toString('base64')),
  ...[key.slice(0, -1), key.slice(1), key.slice(0, 5), encodeURIComponent(key.slice(0, 9))],
  ...[
    '%73%6b',
    '%',
    '%7',
    '\\',
    '\\\\',
    '\\u0070',
    '\\u00',
    '\\u0',
    '\\"',
    '\\n',
    '\r\n',
    '\n\n',
    '\r',
    '"',
    'ü',
    '日本',
  ],
  ...['data: ', '{"choices":[{"delta":{"content":"', 'rm ollama.txt', '"}}]}', '[DONE]', ': ping', '\0', '\u{1F600}'],
];

describe('an answer without the key', () => {
  test.each(words)('passes byte for byte when the key is %j', async (key) => {
    const body = `data: {"a":"rm ${key}.txt","b":null,"c":"tool","d":"chat.completion.chunk"}\r\n\r\ndata: [DONE]\r\n\r\n`;
    for (const headers of [eventStream, json, {}]) {
      answerWith([body.slice(0, 14), body.slice(14)], headers);
      expect((await askProvider(`word-${words.indexOf(key)}`)).body).toBe(body);
    }
  });

  test('passes byte for byte, whatever it contains and however it is cut', async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const below = numbers(seed);
      const some = pieces(plantedKey);
      const text = Array.from({ length: 1 + below(60) }, () => some[below(some.length)] ?? '').join('');
      const name = below(3) === 0 ? `word-${below(words.length)}` : 'fake';
      if (name === 'fake' && Buffer.from(text).includes(plantedKey)) continue;
      answerWith(cut(Buffer.from(text), below), [eventStream, json, {}][below(3)] ?? {});
      expect([seed, (await askProvider(name)).body]).toEqual([seed, text]);
    }
  });

  test('of a provider that compresses it anyway arrives complete', async () => {
    const body = 'data: {"content":"grüße"}\n\ndata: [DONE]\n\n';
    for (const [encoding, compress] of [['gzip', gzipSync] as const, ['br', brotliCompressSync] as const]) {
      answerWith([compress(body)], { ...eventStream, 'content-encoding': encoding });
      const answer = await askProvider();
      expect([answer.body, answer.headers['content-encoding']]).toEqual([body, undefined]);
    }
  });
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const everyCharacter = (key: string, write: (code: number) => string): string =>
  Array.from(key, (character) => write(character.charCodeAt(0))).join('');
const hex = (code: number, digits = 2): string => code.toString(16).padStart(digits, '0');

const echoes: readonly (readonly [string, string])[] = [
  ['plain', plantedKey],
  ['base64', base64(plantedKey)],
  ['base64 behind one byte', base64(`:${plantedKey}`)],
  ['base64 behind two bytes and before more', base64(`u:${plantedKey} and more`)],
  ['base64 of the header', base64(`Bearer ${plantedKey}`)],
  ['base64url', Buffer.from(`a?${plantedKey}`).toString('base64url')],
  ['hex', Buffer.from(plantedKey).toString('hex')],
  ['URL escapes', everyCharacter(plantedKey, (code) => `%${hex(code).toUpperCase()}`)],
  ['some URL escapes', plantedKey.replaceAll('-', '%2d')],
  ['JSON escapes', everyCharacter(plantedKey, (code) => `\\u${hex(code, 4)}`)],
  ['some JSON escapes', plantedKey.replaceAll('p', '\\u0070').replaceAll('a', '\\u0061')],
  ['JSON escapes in JSON in JSON', everyCharacter(plantedKey, (code) => `\\\\u${hex(code, 4)}`)],
];

const refusal = /^Fake put your key into its answer, so Piwork stopped the answer\./;

describe('an answer with the key', () => {
  const nothingOf = (answer: Answer, echo: string): void => {
    // The part that passed, if any, reveals almost nothing about the key.
    for (let at = 0; at + 8 <= echo.length; at += 4) expect(answer.body).not.toContain(echo.slice(at, at + 8));
  };

  test.each(echoes)('as events, in %s, ends with an error message instead', async (_name, echo) => {
    const clear = 'data: {"content":"clear"}\n\n';
    for (const size of [1, 7, 1000]) {
      const body = Buffer.from(`data: {"content":"say ${echo} now"}\n\ndata: [DONE]\n\n`);
      const chunks = Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
        body.subarray(index * size, (index + 1) * size),
      );
      answerWith([clear, ...chunks]);
      const answer = await askProvider();
      expect(answer.status).toBe(200);
      expect(answer.body.startsWith(clear)).toBe(true);
      nothingOf(answer, echo);
      const last = answer.body
        .slice(clear.length)
        .split('\n')
        .filter((line) => line !== '');
      expect(last[0]).toBe('event: error');
      expect(JSON.parse(last[1]?.slice('data: '.length) ?? '')).toMatchObject({
        error: { message: expect.stringMatching(refusal) as string },
      });
    }
  });

  test.each(echoes)('as JSON, in %s, is refused completely', async (_name, echo) => {
    answerWith(['{"content":"', ...Array.from(echo), '"}'], json);
    const answer = await askProvider();
    expect([answer.status, errorOf(answer)]).toEqual([403, expect.stringMatching(refusal)]);
    nothingOf(answer, echo);
  });

  test('as a text is cut off', async () => {
    answerWith(['clear text ', plantedKey.slice(0, 9), `${plantedKey.slice(9)}, more`], {
      'content-type': 'text/plain',
    });
    await expect(askProvider()).rejects.toThrow('aborted');
  });

  test('is also found in compressed bytes', async () => {
    const body = gzipSync(`data: {"content":"${plantedKey}"}\n\n`);
    answerWith([body.subarray(0, 20), body.subarray(20)], { ...eventStream, 'content-encoding': 'gzip' });
    const answer = await askProvider();
    expect(answer.body).toMatch(/^\nevent: error\n/);
    nothingOf(answer, plantedKey);
  });

  test('is logged without the key, and the gateway answers instead', async () => {
    answerWith([`{"a":"${plantedKey}"}`], json);
    const over = gateway.nextExchange();
    await askProvider();
    expect(await over).toMatchObject({ outcome: 'failed', status: 200 });
    expect(gateway.logged.at(-1)).toContain('The provider put the key into its answer');
    expect(JSON.stringify([gateway.logged, gateway.ledger()])).not.toContain(plantedKey);
  });
});

test('an error body has the key masked with letters, in each of its forms', async () => {
  for (const [name, echo] of echoes) {
    answerWith(Array.from(`{"error":{"message":"wrong: \\"${echo}\\"\\n"}}`), json, 401);
    const answer = await askProvider();
    const said = JSON.stringify(JSON.parse(answer.body));
    expect([name, said]).toEqual([name, expect.stringMatching(/wrong: \\"\w*x{20,}[\w=]*\\"\\n"}}$/)]);
    expect(said).not.toContain(echo);
  }
  answerWith(['{"error":{"message":"no ollama key: ollama"}}'], json, 401);
  expect(errorOf(await askProvider('word-0'))).toBe('no ollama key: ollama');
});
