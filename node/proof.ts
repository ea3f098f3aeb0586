/** Proofs that the sender has a key: an HMAC-SHA256 of a text, in hex. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The proof for a text with a key. */
export const prove = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** Compares two secrets as bytes, in a time that doesn't depend on where they differ. */
export function isSameSecret(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left), Buffer.from(right)];
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}

/** Whether a proof fits the key and the text. */
export const isProof = (proof: string, key: Buffer, text: string): boolean => isSameSecret(proof, prove(key, text));
