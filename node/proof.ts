/** Proofs that their sender has a key: an HMAC-SHA256 over a text, in hex. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The proof of a key over a text. */
export const prove = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** Compares two secrets as bytes; the time it takes tells nothing about where they differ. */
export function isSameSecret(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left), Buffer.from(right)];
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}

/** Whether a proof is that of the key over the text. */
export const isProof = (proof: string, key: Buffer, text: string): boolean => isSameSecret(proof, prove(key, text));
