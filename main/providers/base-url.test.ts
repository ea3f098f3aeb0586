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
  ...['100.64.0.1', '100.101.102.103', '100.127.255.254', '169.254.7.7', '10.255.0.1', '172.31.0.1', '0.0.0.0'],
  ...['[fe80::1]', '[febf::1]', '[fc00::1]', '[fd7a:115c:a1e0::1]', '[::ffff:192.168.1.20]', '[::ffff:100.64.0.1]'],
  ...[
    'gpu.tail1234.ts.net',
    'host.docker.internal',
    'gateway.docker.internal',
    'host.containers.internal',
    'nas.local',
  ],
  ...[
    'nas.lan',
    'nas.home.arpa',
    'nas.home',
    'nas.corp',
    'nas.localdomain',
    'models.localhost',
    'nas.lan.',
    'NAS.Local',
  ],
])('%s is in a private network, where plain HTTP is usual', (host) => {
  expect(checkBaseUrl(`http://${host}:8080/v1`)).toBe(`http://${new URL(`http://${host}`).hostname}:8080/v1`);
});

test.each([
  ...['100.63.255.255', '100.128.0.1', '11.0.0.1', '172.15.0.1', '169.253.0.1', '[fec0::1]', '[::ffff:8.8.8.8]'],
  ...['[2001:db8::1]', 'ts.net.example.com', 'evilts.net', 'docker.internal.example', 'local.example', '1.1.1.1'],
])('%s is elsewhere', (host) => {
  expect(() => checkBaseUrl(`http://${host}:8080/v1`)).toThrow('must start with https://');
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
