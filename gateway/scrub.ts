/**
 * Takes the key out of what a provider says: a server that repeats the headers it got must not hand it to the guest.
 *
 * It looks for the key's exact bytes, which is what an echo holds. A chunk is held back only as far as its end could
 * be the beginning of the key, so a stream is not delayed.
 */
import { Transform } from 'node:stream';

/** Keeps lengths as they are, so that `content-length` stays true. */
const mask = (length: number): Buffer => Buffer.alloc(length, '*');

/** Bytes at the end of `data` that may be the beginning of `secret`. */
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

/** A stream that masks the secret in what flows through it, wherever the chunks are cut. */
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
