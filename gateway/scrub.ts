/**
 * Removes the key from a provider's answers: a server that echoes the headers it got must not reveal it to the guest.
 *
 * Looks for the key's exact bytes, as an echo contains them. Holds back the end of a chunk only while it could be the
 * beginning of the key, so streams aren't delayed.
 */
import { Transform } from 'node:stream';

/** Has the same length, so that `content-length` stays correct. */
const mask = (length: number): Buffer => Buffer.alloc(length, '*');

/** How many bytes at the end of `data` may be the beginning of `secret`. */
function possibleBeginning(data: Buffer, secret: Buffer): number {
  const most = Math.min(data.length, secret.length - 1);
  for (let length = most; length > 0; length--) {
    if (data.subarray(data.length - length).equals(secret.subarray(0, length))) return length;
  }
  return 0;
}

function maskAll(data: Buffer, secret: Buffer): Buffer {
  let at = data.indexOf(secret);
  if (at === -1) return data;
  const masked = Buffer.from(data);
  for (; at !== -1; at = masked.indexOf(secret, at + secret.length)) masked.set(mask(secret.length), at);
  return masked;
}

/** A text with every occurrence of the secret masked. */
export const scrubText = (text: string, secret: string | null): string =>
  secret === null || secret === '' ? text : text.replaceAll(secret, '*'.repeat(secret.length));

/** A stream that masks the secret, wherever the chunks are cut. */
export function scrubStream(secretText: string | null): Transform {
  const secret = Buffer.from(secretText ?? '');
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (secret.length === 0) return done(null, chunk);
      const data = maskAll(Buffer.concat([held, chunk]), secret);
      const kept = possibleBeginning(data, secret);
      held = data.subarray(data.length - kept);
      if (data.length > kept) this.push(data.subarray(0, data.length - kept));
      done();
    },
    flush(done) {
      done(null, held.length > 0 ? held : null);
    },
  });
}
