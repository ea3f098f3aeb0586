import { piErrorText, piErrorWords } from './pi-error-text';

test.each([
  [
    '403: {"type":"piwork_no_key","message":"Add a key for Anthropic in Settings."}',
    'Add a key for Anthropic in Settings.',
  ],
  [
    '401 {"type":"error","error":{"type":"x","message":"invalid x-api-key"}}',
    'invalid x-api-key (HTTP 401). Check the key in Settings.',
  ],
  ['429: {"error":{"message":"slow down"}}', 'slow down (HTTP 429). Wait a minute, then try again.'],
  ['400: {"error":{"message":"too long"}}', 'too long (HTTP 400)'],
  ['Connection error.: other side closed', 'The answer ended before it was complete.'],
  ['Stream ended without finish_reason', 'The answer ended before it was complete.'],
  ['500: not json', '500: not json'],
  [
    '502 <html><body><h1>502 Bad Gateway</h1>nginx</body></html>',
    "The model's server sent an error page (HTTP 502): “502 Bad Gateway nginx”. Try again later.",
  ],
  [
    '404: <!DOCTYPE html><head><title>x</title><style>b { }</style></head>Not found <b>here</b> <div class="cut',
    "The model's server sent an error page (HTTP 404): “Not found here”. Check the base URL in Settings.",
  ],
  ['503 <html></html>', "The model's server sent an error page (HTTP 503). Try again later."],
  ['', ''],
])('%s reads %s', (text, readable) => {
  expect(piErrorText(text)).toBe(readable);
});

test('while pi tries again by itself, nothing says what to do', () => {
  expect(piErrorWords('502 <html>Bad</html>')).toBe("The model's server sent an error page (HTTP 502): “Bad”.");
  expect(piErrorWords('429 {"error":{"message":"slow down"}}')).toBe('slow down (HTTP 429)');
});
