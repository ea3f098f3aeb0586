import { randomBytes, randomUUID } from 'node:crypto';
import { isRecognisable } from './recognisable-key';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

test.each([
  ...['', 'ollama', 'null', 'tool', 'none', 'data', 'sk-test', 'sk-1234', 'lm-studio', 'sk-no-key-required'],
  ...['not-needed-for-local', 'chat.completion.chunk', 'text/event-stream', 'finish_reason', 'responsibilities'],
  ...['gpt-4o-mini-2024-07-18', 'claude-sonnet-4-20250514', 'llama3.3-70b-instruct-q4_k_m', 'sk-0000000000000000'],
  ...[
    'sk-xxxxxxxxxxxxxxxxxxxxxxxx',
    'correct horse battery staple',
    'internationalization',
    'my_local_server_key',
    'readFileFromFolderAsText',
    'Llama-3.3-70B-Instruct-Turbo',
  ],
])('%j can be words', (key) => {
  expect(isRecognisable(key)).toBe(false);
});

test.each([
  'sk-planted-0123456789-abcdef',
  'sk-1234567890abcdef',
  'AKIAIOSFODNN7EXAMPLE',
  'AIzaSyA-1b2C3d4E5f6G7h8I9j0KlMnOpQrStUvW',
  'sk-ant-api03-Zx8_k2Lm9QwErTy-UiOpAsDfGhJkLzXcVbNm1234567890',
  'abcdefghijklmnopqrst',
])("%s can't", (key) => {
  expect(isRecognisable(key)).toBe(true);
});

test("what a machine made can't be words", () => {
  for (let round = 0; round < 300; round++) {
    const bytes = randomBytes(16 + (round % 32));
    const letters = Array.from(randomBytes(40), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
    for (const key of [randomUUID(), `sk-${bytes.toString('hex')}`, `gsk_${letters}`]) {
      expect([key, isRecognisable(key)]).toEqual([key, true]);
    }
  }
});

test('misses few keys that dashes cut into short parts', () => {
  const keys = Array.from({ length: 2_000 }, () => `sk-${randomBytes(32).toString('base64url')}`);
  expect(keys.filter((key) => !isRecognisable(key)).length).toBeLessThan(4);
});
