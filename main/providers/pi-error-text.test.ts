import { piErrorText } from './pi-error-text';

test.each([
  [
    '403: {"type":"no_key","message":"Add a key for Anthropic in Settings."}',
    'Add a key for Anthropic in Settings. (HTTP 403)',
  ],
  ['401 {"type":"error","error":{"type":"x","message":"invalid x-api-key"}}', 'invalid x-api-key (HTTP 401)'],
  ['Connection error.: other side closed', 'Connection error.: other side closed'],
  ['500: not json', '500: not json'],
  ['', ''],
])('%s reads %s', (text, readable) => {
  expect(piErrorText(text)).toBe(readable);
});
