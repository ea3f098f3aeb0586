import { readRequestTarget } from './request-target';

test('a target is a provider, a path below it and a query', () => {
  expect(readRequestTarget('/google/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse')).toEqual({
    provider: 'google',
    path: '/v1beta/models/gemini-3.8-flash:streamGenerateContent',
    query: new URLSearchParams('alt=sse'),
  });
});

test.each([
  '',
  '*',
  '/',
  '/anthropic',
  '/anthropic/',
  '//evil.example/v1/messages',
  '/anthropic//v1/messages',
  '/anthropic/../openai/responses',
  '/anthropic/./v1/messages',
  '/anthropic/v1/..',
  '/anthropic/%2e%2e/openai/responses',
  '/anthropic/v1%2fmessages',
  '/anthropic/v1\\messages',
  '/anthropic/v1/messages#x',
  '/anthropic/v1/messages?a=1?b=2',
  '/anthropic/v1/mess ages',
  '/anthropic/v1/messäges',
  '/anthropic/v1/messages\n',
  'http://evil.example/anthropic/v1/messages',
  'evil.example:443',
  '/@evil.example',
])('refuses %j', (target) => {
  expect(readRequestTarget(target)).toBeNull();
});

test('a user name in the path is just a name', () => {
  expect(readRequestTarget('/anthropic/a@evil.example:80/x')?.path).toBe('/a@evil.example:80/x');
});
