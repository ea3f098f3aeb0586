/**
 * Decompresses an answer that the provider compressed without being asked to: a key can't be found in compressed bytes.
 */
import { pipeline, type Duplex } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const decoders: Readonly<Record<string, () => Duplex>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

export interface DecodedAnswer {
  readonly chunks: AsyncIterable<Buffer>;
  /** Encoding and length in the headers no longer apply */
  readonly isDecoded: boolean;
}

/** The uncompressed body; one with an unknown compression stays as it is. */
export function decodedAnswer(chunks: AsyncIterable<Buffer>, contentEncoding = ''): DecodedAnswer {
  const encoding = contentEncoding.trim().toLowerCase();
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding]?.() : undefined;
  if (!decoder) return { chunks, isDecoded: false };
  // The decoder's reader gets its errors and those of its source.
  pipeline(chunks, decoder, () => undefined);
  return { chunks: decoder, isDecoded: true };
}
