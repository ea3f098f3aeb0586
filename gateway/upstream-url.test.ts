import { upstreamUrl } from './upstream-url';

const none = new URLSearchParams();

test.each([
  ['https://api.anthropic.com', '/v1/messages', 'https://api.anthropic.com/v1/messages'],
  ['https://proxy.example/claude/v1', '/v1/messages', 'https://proxy.example/claude/v1/messages'],
  ['https://api.openai.com/v1/', '/responses', 'https://api.openai.com/v1/responses'],
  ['https://openrouter.ai/api/v1', '/v1/messages', 'https://openrouter.ai/api/v1/messages'],
  ['https://g.example/v1beta', '/models/a:generateContent', 'https://g.example/v1beta/models/a:generateContent'],
  ['https://g.example/v1', '/v1beta/models', 'https://g.example/v1/v1beta/models'],
])('%s and %s make %s', (base, path, url) => {
  expect(upstreamUrl(base, path, none).href).toBe(url);
});

test('passes on only parameters that shape an answer', () => {
  const query = new URLSearchParams('alt=sse&key=secret&access_token=x&beta=true&redirect=https://evil.example');
  expect(upstreamUrl('https://g.example/v1', '/models', query).search).toBe('?alt=sse&beta=true');
});

test.each(['/../x', '/a/../../b', '/a?b', '/a#b', '//evil.example/x/..', '/%2e%2e/x/..', '/a\\..\\b'])(
  "%s doesn't leave the base URL",
  (path) => {
    expect(() => upstreamUrl('https://g.example/v1', path, none)).toThrow('leads out of');
  },
);
