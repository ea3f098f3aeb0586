/** Undoes the compression of an answer, which nobody asked for: compressed bytes can't be looked through. */
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

/** A body as it was before it was compressed; a compression that isn't known stays. */
export function decodedAnswer(chunks: AsyncIterable<Buffer>, contentEncoding = ''): DecodedAnswer {
  const encoding = contentEncoding.trim().toLowerCase();
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding]?.() : undefined;
  if (!decoder) return { chunks, isDecoded: false };
  // Whoever reads the decoder sees its errors and those of what it reads.
  pipeline(chunks, decoder, () => undefined);
  return { chunks: decoder, isDecoded: true };
}
