import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileKeyStore } from './file-key-store';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'piwork-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (): string => join(folder, 'keys', 'keys.json');
const bits = (file: string): number => statSync(file).mode & 0o777;

test('keeps keys over a restart in a file that only the user can read', async () => {
  const store = await openFileKeyStore(folder);
  await store.set('openai', 'sk-1');
  await store.set('anthropic', 'sk-2');
  await store.remove('openai');
  expect([bits(path()), bits(join(folder, 'keys'))]).toEqual([0o600, 0o700]);
  const again = await openFileKeyStore(folder);
  expect([again.get('anthropic'), again.has('openai'), again.get('openai')]).toEqual(['sk-2', false, null]);
  expect(again.warning).toBeNull();
  expect(again.description).toContain('only you can read');
  expect(readdirSync(join(folder, 'keys'))).toEqual(['keys.json']);
});

test('makes a file private that others could read, and says so', async () => {
  await (await openFileKeyStore(folder)).set('openai', 'sk-1');
  chmodSync(path(), 0o644);
  const store = await openFileKeyStore(folder);
  expect(bits(path())).toBe(0o600);
  expect(store.warning).toContain('Others on this computer could read your keys');
  expect(store.get('openai')).toBe('sk-1');
});

test('reads no keys through a link', async () => {
  await openFileKeyStore(folder);
  writeFileSync(join(folder, 'elsewhere.json'), '{"version":1,"keys":{}}');
  symlinkSync(join(folder, 'elsewhere.json'), path());
  await expect(openFileKeyStore(folder)).rejects.toThrow("isn't a plain file");
});

test('moves a damaged file aside and reports it', async () => {
  await (await openFileKeyStore(folder)).set('openai', 'sk-1');
  writeFileSync(path(), '{"version":1,"keys":{"openai":"sk-1"', { mode: 0o600 });
  const store = await openFileKeyStore(folder);
  const [aside = ''] = readdirSync(join(folder, 'keys')).filter((name) => name.includes('.bad-'));
  expect(store.warning).toContain(aside);
  expect(bits(join(folder, 'keys', aside))).toBe(0o600);
  expect(readFileSync(join(folder, 'keys', aside), 'utf8')).toContain('sk-1');
  expect(store.has('openai')).toBe(false);
});
