/** Turns a file's bytes into a preview. */
import type { Preview } from '../../schema/artifacts';
import { looksLikeText, previewKind } from './preview-kind';

const textCapBytes = 1_048_576;
/** As base64 it must fit into one message, which is at most 8 MiB. */
const imageCapBytes = 5 * 1_048_576;

/** A preview of any file reads at most this many bytes. */
export const largestPreviewBytes = Math.max(textCapBytes, imageCapBytes);

/** How many bytes the preview of this file reads. */
export const previewCapBytes = (name: string): number =>
  previewKind(name).kind === 'image' ? imageCapBytes : textCapBytes;

/** @param bytes the first `previewCapBytes` of a file of `size` bytes */
export function previewOf(name: string, bytes: Uint8Array, size: number): Preview {
  const kind = previewKind(name);
  const isCut = size > bytes.length;
  if (kind.kind === 'image') {
    if (isCut) return { kind: 'none', reason: 'This image is too large to preview.' };
    return { ...kind, dataBase64: Buffer.from(bytes).toString('base64') };
  }
  if (!looksLikeText(Buffer.from(bytes))) {
    return { kind: 'none', reason: "This file isn't text, so it has no preview. Open it in another program." };
  }
  // Decoded as a stream, so that a character cut by the cap is left out.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: isCut });
  return { ...kind, text, isTruncated: isCut };
}
