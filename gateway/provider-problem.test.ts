import { providerWords } from '../schema/provider-words';
import { problemOf } from './provider-problem';

const asked = { label: 'Anthropic', host: 'api.anthropic.com', model: 'claude-x' };
const openAi = (message: string, code?: string): string => JSON.stringify({ error: { message, code } });
const anthropic = (type: string, message: string): string =>
  JSON.stringify({ type: 'error', error: { type, message } });

test.each([
  [200, '{"content":[]}', null],
  [200, '<html>Welcome</html>', 'wrong_url'],
  [301, '', 'wrong_url'],
  [401, anthropic('authentication_error', 'invalid x-api-key'), 'key_refused'],
  [401, openAi('Incorrect API key provided'), 'key_refused'],
  [403, anthropic('permission_error', 'no access'), 'key_refused'],
  [400, '[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key."}}]', 'key_refused'],
  [402, openAi('Insufficient credits'), 'no_credit'],
  [400, anthropic('invalid_request_error', 'Your credit balance is too low'), 'no_credit'],
  [429, openAi('You exceeded your current quota', 'insufficient_quota'), 'no_credit'],
  [429, openAi('Rate limit reached'), 'rate_limited'],
  [404, anthropic('not_found_error', 'model: claude-x'), 'model_unknown'],
  [404, openAi('The model `claude-x` does not exist', 'model_not_found'), 'model_unknown'],
  [400, openAi('claude-x is not a valid model ID'), 'model_unknown'],
  [404, '404 page not found', 'wrong_url'],
  [404, '{"detail":"Not Found"}', 'wrong_url'],
  [405, '{}', 'wrong_url'],
  [400, '<html>Bad request</html>', 'wrong_url'],
  [500, '', 'provider_failed'],
  [529, anthropic('overloaded_error', 'Overloaded'), 'provider_failed'],
  [503, '<html>busy</html>', 'provider_failed'],
  [400, openAi('max_tokens is too small'), 'refused'],
  [418, '{}', 'refused'],
])('HTTP %d with %s is %s', (status, body, cause) => {
  expect(problemOf({ status, body }, asked)?.cause ?? null).toBe(cause);
});

test('quotes the provider, on one line and shortened', () => {
  expect(problemOf({ status: 401, body: openAi('two\nlines') }, asked)?.message).toMatch(/It says: two lines$/);
  expect(providerWords(openAi('x'.repeat(1000)))).toHaveLength(300);
  expect(providerWords('plain')).toBe('');
});
