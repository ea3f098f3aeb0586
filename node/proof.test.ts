import { isProof, isSameSecret, prove } from './proof';

// Test case 2 of RFC 4231.
const key = Buffer.from('Jefe');
const text = 'what do ya want for nothing?';
const proof = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';

test('a proof is the HMAC-SHA256 in hex', () => {
  expect(prove(key, text)).toBe(proof);
  expect(isProof(proof, key, text)).toBe(true);
});

test.each([
  ['of another key', prove(Buffer.from('Jeff'), text)],
  ['of another text', prove(key, `${text}?`)],
  ['in upper case', proof.toUpperCase()],
  ['cut short', proof.slice(0, -2)],
  ['with more behind it', `${proof}00`],
  ['that is empty', ''],
])('refuses a proof %s', (_name, wrong) => {
  expect(isProof(wrong, key, text)).toBe(false);
});

test('compares secrets as bytes', () => {
  expect(isSameSecret('é', 'ab')).toBe(false);
  expect(isSameSecret('é', 'a')).toBe(false);
  expect(isSameSecret('é', 'é')).toBe(true);
});
