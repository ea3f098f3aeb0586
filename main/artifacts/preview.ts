/** Bytes of a file as something to look at. */
import type { Preview } from '../../schema/artifacts';
import { looksLikeText, previewKind } from './preview-kind';

const textCapBytes = 1_048_576;
/** In base64 it must fit into one message, whose cap is 8 MiB. */
const imageCapBytes = 5 * 1_048_576;

/** A preview of any file is made from no more. */
export const largestPreviewBytes = Math.max(textCapBytes, imageCapBytes);

/** How many bytes of a file a preview of it is made from. */
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
  // As a stream, so that a rune that is cut by the cap is left out.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: isCut });
  return { ...kind, text, isTruncated: isCut };
}
