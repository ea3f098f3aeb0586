import { checkBaseUrl } from './base-url';

test.each([
  ['https://api.example.com/v1/', 'https://api.example.com/v1'],
  ['https://api.example.com', 'https://api.example.com'],
  ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
  ['http://127.0.0.1:1234', 'http://127.0.0.1:1234'],
  ['http://192.168.1.20:8080/v1', 'http://192.168.1.20:8080/v1'],
  ['http://[::1]:8080/v1', 'http://[::1]:8080/v1'],
  ['http://box.local/v1', 'http://box.local/v1'],
  ['http://nas:8080/v1', 'http://nas:8080/v1'],
])('%s is stored as %s', (text, kept) => {
  expect(checkBaseUrl(text)).toBe(kept);
});

test.each([
  ['api.example.com/v1', "isn't a web address"],
  ['ftp://example.com', 'https:// or http://'],
  ['file:///etc/passwd', 'https:// or http://'],
  ['https://user:secret@example.com/v1', "can't contain a user name"],
  ['https://example.com/v1?key=secret', "can't contain ?"],
  ['http://api.example.com/v1', 'must start with https://'],
  ['http://172.32.0.1/v1', 'must start with https://'],
])('%s is refused: %s', (text, reason) => {
  expect(() => checkBaseUrl(text)).toThrow(reason);
});

test("the refusal doesn't repeat an address's password", () => {
  expect(() => checkBaseUrl('https://user:secret@example.com/v1')).toThrow(/^(?!.*secret)/);
});
