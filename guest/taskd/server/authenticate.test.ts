import { prove } from '../../../node/proof';
import { handshakeText } from '../../../schema/handshake';
import { Authentication } from './authenticate';

const key = Buffer.alloc(32, 7);
const challenge = '1f'.repeat(32);
const unauthenticated = expect.objectContaining({ code: 'UNAUTHENTICATED' }) as Error;

test('both sides prove the key over both challenges', () => {
  const guest = new Authentication(key, 'build');
  const hello = guest.hello(challenge);
  expect(hello).toEqual({
    protocol: 1,
    build: 'build',
    challenge: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    proof: prove(key, `piwork-taskd-v1\nguest\n${challenge}\n${hello.challenge}`),
  });
  expect(guest.isProven).toBe(false);
  guest.prove(prove(key, handshakeText('host', challenge, hello.challenge)));
  expect(guest.isProven).toBe(true);
});

test('each hello has a different challenge', () => {
  const challenges = Array.from({ length: 8 }, () => new Authentication(key, 'build').hello(challenge).challenge);
  expect(new Set(challenges).size).toBe(8);
});

test.each<[string, (guestChallenge: string, guestProof: string) => string]>([
  ["the guest's own, sent back", (_challenge, proof) => proof],
  ['of another key', (guest) => prove(Buffer.alloc(32, 8), handshakeText('host', challenge, guest))],
  ['of another challenge', (guest) => prove(key, handshakeText('host', '00'.repeat(32), guest))],
  ['of an older challenge of the guest', () => prove(key, handshakeText('host', challenge, challenge))],
  ['with the challenges exchanged', (guest) => prove(key, handshakeText('host', guest, challenge))],
  ['zeros', () => '00'.repeat(32)],
])('refuses a wrong proof: %s', (_name, proofOf) => {
  const guest = new Authentication(key, 'build');
  const hello = guest.hello(challenge);
  expect(() => guest.prove(proofOf(hello.challenge, hello.proof))).toThrow(unauthenticated);
  expect(guest.isProven).toBe(false);
});

test('refuses a proof before hello, even one over empty challenges', () => {
  const guest = new Authentication(key, 'build');
  expect(() => guest.prove(prove(key, handshakeText('host', '', '')))).toThrow(unauthenticated);
});
